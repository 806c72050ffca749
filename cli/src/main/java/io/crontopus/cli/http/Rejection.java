package io.crontopus.cli.http;

import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells a person why the platform did not do what it was asked. */
final class Rejection {

  private Rejection() {}

  static Failure of(Answer answer, ServerUrl server) {
    return answer
        .json()
        .filter(JsonNode::isObject)
        .map(problem -> fromProblem(answer, new Row(problem), server))
        .orElseGet(() -> notThePlatform(answer, server));
  }

  private static Failure fromProblem(Answer answer, Row problem, ServerUrl server) {
    String title = problem.firstText("title", "error", "code");
    String detail = problem.firstText("detail", "message");
    var hints = new ArrayList<String>();
    for (Row error : problem.rows("errors")) {
      hints.add("  " + error.text("pointer") + ": " + error.text("detail"));
    }
    if (answer.status() == 401) {
      hints.add("Log in with: crontopus auth login --server " + server);
    } else if (answer.status() == 403) {
      hints.add("See what you may do with: crontopus auth whoami");
    }
    hints.addAll(retryHint(answer));
    if (problem.has("trace_id")) {
      hints.add("Trace id: " + problem.text("trace_id"));
    }
    String message = message(answer, title, detail);
    return answer.status() == 403
        ? Failure.forbidden(message, hints)
        : new Failure(exitCode(answer.status()), message, hints);
  }

  private static String message(Answer answer, String title, String detail) {
    if (title.isEmpty() && detail.isEmpty()) {
      return "The server answered with status " + answer.status() + ".";
    }
    if (title.isEmpty() || detail.isEmpty() || detail.startsWith(title)) {
      return detail.isEmpty() ? title : detail;
    }
    return title + ": " + detail;
  }

  private static List<String> retryHint(Answer answer) {
    return answer.retryAfter() == null
        ? List.of()
        : List.of("Try again in " + answer.retryAfter() + " s.");
  }

  private static int exitCode(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.NOT_AUTHORISED;
      case 404, 410 -> ExitCode.NOT_FOUND;
      case 409, 412, 423 -> ExitCode.REFUSED;
      case 502, 503, 504 -> ExitCode.UNREACHABLE;
      default -> ExitCode.FAILED;
    };
  }

  /** An error page of a proxy, or another program that happens to listen there. */
  static Failure notThePlatform(Answer answer, ServerUrl server) {
    if (answer.status() >= 300 && answer.status() < 400) {
      return new Failure(
          ExitCode.UNREACHABLE,
          server + " redirects to another address, which is not followed with your credentials.",
          "Give the final address with --server.");
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return new Failure(
          ExitCode.NOT_AUTHORISED,
          server + " refused the request with status " + answer.status() + ".",
          "Log in with: crontopus auth login --server " + server);
    }
    String kind = answer.isHtml() ? "a web page" : answer.body().isBlank() ? "nothing" : "text";
    return new Failure(
        ExitCode.UNREACHABLE,
        "%s answered with %s instead of JSON (status %d).".formatted(server, kind, answer.status()),
        concat(
            retryHint(answer),
            "Check that this is the address of Crontopus itself, and that no proxy stands between."));
  }

  private static List<String> concat(List<String> first, String last) {
    var all = new ArrayList<>(first);
    all.add(last);
    return all;
  }
}
