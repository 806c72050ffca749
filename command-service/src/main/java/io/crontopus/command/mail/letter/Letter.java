package io.crontopus.command.mail.letter;

import java.util.ArrayList;
import java.util.List;

/**
 * A letter, as text and as HTML alike. It is put together from parts that are plain text, never
 * markup: whatever somebody chose as a name is shown as it is and does nothing, in both forms.
 *
 * @param kind its stable name, for metrics and logs
 */
public record Letter(String kind, String subject, List<Part> parts) {

  /** A part of a letter. */
  public sealed interface Part {}

  /** A paragraph. */
  record Paragraph(String text) implements Part {
    Paragraph {
      text = OneLine.of(text);
    }
  }

  /** Something to click. */
  record Button(String label, String url) implements Part {
    Button {
      label = OneLine.of(label);
      url = OneLine.of(url);
    }
  }

  /** Something to type, or to paste. */
  record Code(String text) implements Part {
    Code {
      text = OneLine.of(text);
    }
  }

  public Letter {
    subject = OneLine.of(subject);
    parts = List.copyOf(parts);
  }

  /** The form for programs that show no HTML. */
  public String text() {
    return TextForm.of(this);
  }

  /** The form with a button. It loads nothing from anywhere. */
  public String html() {
    return HtmlForm.of(this);
  }

  static Builder of(String kind, String subject) {
    return new Builder(kind, subject);
  }

  /** Puts a letter together. */
  static final class Builder {
    private final String kind;
    private final String subject;
    private final List<Part> parts = new ArrayList<>();

    private Builder(String kind, String subject) {
      this.kind = kind;
      this.subject = subject;
    }

    Builder say(String text) {
      parts.add(new Paragraph(text));
      return this;
    }

    Builder button(String label, String url) {
      parts.add(new Button(label, url));
      return this;
    }

    Builder code(String text) {
      parts.add(new Code(text));
      return this;
    }

    Letter build() {
      return new Letter(kind, subject, parts);
    }
  }
}
