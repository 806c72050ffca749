package io.crontopus.command.mail.letter;

import io.crontopus.command.mail.letter.Letter.Button;
import io.crontopus.command.mail.letter.Letter.Code;
import io.crontopus.command.mail.letter.Letter.Paragraph;
import io.crontopus.command.mail.letter.Letter.Part;
import java.util.stream.Collectors;

/** A letter as plain text: paragraphs of lines that fit a terminal, links on lines of their own. */
final class TextForm {

  private static final int WIDTH = 76;

  private TextForm() {}

  static String of(Letter letter) {
    return letter.parts().stream().map(TextForm::of).collect(Collectors.joining("\n\n", "", "\n"));
  }

  private static String of(Part part) {
    return switch (part) {
      case Paragraph paragraph -> wrapped(paragraph.text());
      case Button button -> button.label() + ":\n" + button.url();
      case Code code -> "    " + code.text();
    };
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" +")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        lines.append('\n');
        column = 0;
      } else if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
