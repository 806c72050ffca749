package io.crontopus.agent.wrapper;

/** Text that a shell takes as one word, whatever is in it. */
public final class ShellQuote {

  private ShellQuote() {}

  /** The text in single quotes. */
  public static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** The text as it is where the shell leaves it alone, else in single quotes. */
  public static String quoteIfNeeded(String text) {
    return text.matches("[A-Za-z0-9_@:,./+-]+") ? text : quote(text);
  }
}
