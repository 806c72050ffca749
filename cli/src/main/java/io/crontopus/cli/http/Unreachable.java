package io.crontopus.cli.http;

import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells a person why no answer came, and what to look at. */
final class Unreachable {

  private Unreachable() {}

  static Failure of(Throwable cause, ServerUrl server, Duration timeout) {
    String start = "Cannot reach " + server + ": ";
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          failure(
              start + "no connection came about in time.",
              "Check the address, and that no firewall drops the connection.");
      case HttpTimeoutException _ -> slow(server, timeout);
      case TimeoutException _ -> slow(server, timeout);
      case ConnectException _ when isUnresolved(cause) ->
          failure(
              start + "the host name is unknown.", "Check the spelling of --server, and your DNS.");
      case ConnectException _ ->
          failure(
              start + "the connection was refused.",
              "Check that the platform runs (crontopus status) and that the port is right.");
      case SSLException tls ->
          failure(
              start + "no secure connection (" + reason(tls) + ").",
              "Check that the server speaks https, and that its certificate is trusted here;",
              "one that is not the JDK's to know is named with --ca-file.");
      case IOException e -> failure(start + "the connection broke (" + reason(e) + ").");
      default -> failure(start + reason(cause) + ".");
    };
  }

  private static Failure slow(ServerUrl server, Duration timeout) {
    return failure(
        server + " did not answer within " + timeout.toSeconds() + " s.",
        "Try again, or allow more with --timeout.");
  }

  private static boolean isUnresolved(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }

  private static Failure failure(String message, String... hints) {
    return new Failure(ExitCode.UNREACHABLE, message, hints);
  }
}
