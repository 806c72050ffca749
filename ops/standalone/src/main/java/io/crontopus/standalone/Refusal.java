package io.crontopus.standalone;

/**
 * A reason why a command cannot go on that its user can do something about. The message is one
 * line: what is wrong and what to do. It is printed as it is, without a stack trace.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public Refusal(String message) {
    this(1, message);
  }

  public Refusal(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The exit code of the command, as the launcher documents them. */
  public int exitCode() {
    return exitCode;
  }

  /** The message of {@code cause} in one line, or its type where it has none. */
  public static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
