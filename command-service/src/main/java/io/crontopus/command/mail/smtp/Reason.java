package io.crontopus.command.mail.smtp;

import org.jspecify.annotations.Nullable;

/** Why something failed, in one line that is not too long. */
final class Reason {

  private static final int LONGEST = 300;

  private Reason() {}

  /** What the innermost cause says: the outer ones tell little. */
  static String of(Throwable failure) {
    Throwable inner = failure;
    @Nullable Throwable next = failure.getCause();
    while (next != null) {
      inner = next;
      next = inner.getCause();
    }
    String said = inner.getMessage();
    String name = inner.getClass().getSimpleName();
    String line =
        (said == null ? name : name + ": " + said).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    return (line.length() > LONGEST ? line.substring(0, LONGEST) : line).strip();
  }
}
