package io.crontopus.agent;

import io.crontopus.agent.platform.PlatformException;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands' exit statuses mean; the same everywhere in Crontopus. */
public final class ExitCodes {

  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int NOT_AUTHORIZED = 4;
  public static final int UNREACHABLE = 5;
  public static final int REFUSED = 6;

  private ExitCodes() {}

  /** The status for a request that failed. */
  public static int of(PlatformException e) {
    return switch (e.kind()) {
      case UNREACHABLE, UNAVAILABLE -> UNREACHABLE;
      case UNAUTHORIZED -> NOT_AUTHORIZED;
      case REFUSED ->
          switch (e.status()) {
            case 404 -> NOT_FOUND;
            case 409, 412 -> REFUSED;
            default -> FAILED;
          };
    };
  }

  /** Says on standard error what went wrong. */
  public static int fail(CommandSpec spec, int status, String message) {
    spec.commandLine().getErr().println(message);
    return status;
  }
}
