package io.crontopus.agent.spool;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Blacks out what patterns match. A pattern that takes too long on this text, or is none, must not
 * let a secret through: the whole text is withheld then.
 */
final class Redaction {

  static final String BLACK = "[redacted]";
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Redaction() {}

  static String apply(String text, List<String> patterns) {
    String redacted = text;
    long deadline = System.nanoTime() + LONGEST.toNanos();
    for (String pattern : patterns) {
      try {
        redacted =
            Pattern.compile(pattern).matcher(new Timed(redacted, deadline)).replaceAll(BLACK);
      } catch (PatternSyntaxException | TooLong | StackOverflowError e) {
        return "[output withheld: the redaction pattern %s could not be applied]"
            .formatted(pattern);
      }
    }
    return redacted;
  }

  private static final class TooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /** A text that ends a search that takes too long: matching reads every character through it. */
  private static final class Timed implements CharSequence {

    private final CharSequence text;
    private final long deadline;
    private int reads;

    Timed(CharSequence text, long deadline) {
      this.text = text;
      this.deadline = deadline;
    }

    @Override
    public char charAt(int index) {
      reads++;
      if ((reads & 0xfff) == 0 && System.nanoTime() > deadline) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
