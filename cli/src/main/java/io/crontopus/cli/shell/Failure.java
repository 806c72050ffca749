package io.crontopus.cli.shell;

import java.util.List;

/**
 * A command cannot do what it was asked. The message is one line for a person; the hints say what
 * to do about it. Never carries a secret.
 */
public final class Failure extends RuntimeException {
  private final int exitCode;
  private final transient List<String> hints;
  private final boolean isForbidden;

  public Failure(int exitCode, String message, String... hints) {
    this(exitCode, message, List.of(hints));
  }

  public Failure(int exitCode, String message, List<String> hints) {
    this(exitCode, message, hints, false);
  }

  private Failure(int exitCode, String message, List<String> hints, boolean isForbidden) {
    super(message);
    this.exitCode = exitCode;
    this.hints = List.copyOf(hints);
    this.isForbidden = isForbidden;
  }

  /** The credential is good, but not for this. */
  public static Failure forbidden(String message, List<String> hints) {
    return new Failure(ExitCode.NOT_AUTHORISED, message, hints, true);
  }

  public static Failure usage(String message, String... hints) {
    return new Failure(ExitCode.USAGE, message, hints);
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }

  /** Further lines, in order; may be empty. */
  public List<String> hints() {
    return hints;
  }

  /** Whether the credential was accepted, but is not allowed this. */
  public boolean isForbidden() {
    return isForbidden;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
