package io.crontopus.command.mail.smtp;

/** The mail server did not take this letter; the message says why, in one line. */
public final class LetterRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean forGood;

  LetterRefused(Throwable cause, boolean forGood) {
    super(Reason.of(cause), cause);
    this.forGood = forGood;
  }

  /** Whether it is of no use to try again: there is no such address. */
  public boolean isForGood() {
    return forGood;
  }
}
