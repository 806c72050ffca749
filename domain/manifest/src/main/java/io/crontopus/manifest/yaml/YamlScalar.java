package io.crontopus.manifest.yaml;

/**
 * A single value.
 *
 * @param text the value as text, quotes and escapes resolved
 * @param type what YAML's core schema takes it for
 * @param at where it starts, quotes included
 * @param inset by how many columns the text starts after {@code at}; negative when the text's
 *     characters stand elsewhere (block scalars, escapes)
 */
public record YamlScalar(String text, Type type, Position at, int inset) implements YamlNode {

  private static final int SHOWN = 40;

  /** The scalar types of YAML's core schema. */
  public enum Type {
    STRING,
    INTEGER,
    FLOAT,
    BOOLEAN,
    NULL
  }

  /** The place of a character of the text, as exactly as it is known. */
  public Position at(int index) {
    return inset < 0 ? at : at.right(inset + index);
  }

  @Override
  public String describe() {
    return switch (type) {
      case STRING -> "the text \"" + shown() + "\"";
      case INTEGER, FLOAT -> "the number " + shown();
      case BOOLEAN -> "the boolean " + text;
      case NULL -> "an empty value";
    };
  }

  /** The text's beginning, short enough for a message. */
  public String shown() {
    return shorten(text);
  }

  /** A text's beginning, short enough for a message. */
  public static String shorten(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > SHOWN || line.length() < text.length()
        ? line.substring(0, Math.min(line.length(), SHOWN)) + "…"
        : line;
  }
}
