package io.crontopus.cli.shell;

/** How a command ends. The numbers are part of the interface: scripts rely on them. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int NOT_AUTHORISED = 4;
  public static final int UNREACHABLE = 5;
  public static final int REFUSED = 6;

  /**
   * What a shell reports for a program that ended because nobody read its output (128 + SIGPIPE).
   */
  public static final int BROKEN_PIPE = 141;

  private ExitCode() {}
}
