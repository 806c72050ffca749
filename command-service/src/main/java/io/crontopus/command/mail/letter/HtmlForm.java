package io.crontopus.command.mail.letter;

import io.crontopus.command.mail.letter.Letter.Button;
import io.crontopus.command.mail.letter.Letter.Code;
import io.crontopus.command.mail.letter.Letter.Paragraph;
import io.crontopus.command.mail.letter.Letter.Part;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A letter as HTML, with all text escaped: no images, no styles or fonts from elsewhere. */
final class HtmlForm {

  private HtmlForm() {}

  static String of(Letter letter) {
    String parts = letter.parts().stream().map(HtmlForm::of).collect(Collectors.joining("\n"));
    return """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title></head>
        <body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1b1f24">
        <div style="max-width:560px">
        %s
        </div>
        </body>
        </html>
        """
        .formatted(escaped(letter.subject()), parts);
  }

  private static String of(Part part) {
    return switch (part) {
      case Paragraph paragraph -> "<p>" + escaped(paragraph.text()) + "</p>";
      case Button button ->
          """
          <p><a href="%s" style="display:inline-block;padding:10px 18px;border-radius:6px;\
          background:#1f5fbf;color:#ffffff;text-decoration:none">%s</a></p>
          <p style="font-size:13px;word-break:break-all">%s</p>"""
              .formatted(escaped(button.url()), escaped(button.label()), escaped(button.url()));
      case Code code ->
          "<p style=\"font:14px/1.5 monospace;word-break:break-all\">"
              + escaped(code.text())
              + "</p>";
    };
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
