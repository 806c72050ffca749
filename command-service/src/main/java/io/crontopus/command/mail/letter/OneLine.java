package io.crontopus.command.mail.letter;

import java.util.regex.Pattern;

/** Text from elsewhere as letters may show it: one line, and nothing that cannot be seen. */
final class OneLine {

  /** Control and format characters, line separators; also what turns the direction of writing. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

  private OneLine() {}

  static String of(String text) {
    return UNSEEN.matcher(text).replaceAll(" ").strip();
  }
}
