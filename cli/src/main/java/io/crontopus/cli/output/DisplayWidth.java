package io.crontopus.cli.output;

/** How many terminal columns text takes: East Asian wide characters and emoji two, marks none. */
final class DisplayWidth {
  private static final String ELLIPSIS = "…";

  private DisplayWidth() {}

  static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      width += of(character);
      at += Character.charCount(character);
    }
    return width;
  }

  /** The text itself, or its start and an ellipsis, at most {@code limit} columns wide. */
  static String cut(String text, int limit) {
    if (of(text) <= limit) {
      return text;
    }
    if (limit <= 0) {
      return "";
    }
    int width = 0;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (width + of(character) > limit - 1) {
        break;
      }
      width += of(character);
      at += Character.charCount(character);
    }
    return text.substring(0, at) + ELLIPSIS;
  }

  private static int of(int character) {
    if (character < 0x300) {
      return 1;
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    return isBetween(character, 0x1100, 0x115f)
        || isBetween(character, 0x2e80, 0xa4cf)
        || isBetween(character, 0xac00, 0xd7a3)
        || isBetween(character, 0xf900, 0xfaff)
        || isBetween(character, 0xfe30, 0xfe6f)
        || isBetween(character, 0xff00, 0xff60)
        || isBetween(character, 0xffe0, 0xffe6)
        || isBetween(character, 0x1f300, 0x1faff)
        || isBetween(character, 0x20000, 0x3fffd);
  }

  private static boolean isBetween(int character, int low, int high) {
    return character >= low && character <= high;
  }
}
