package io.crontopus.command.git.http;

import io.crontopus.command.git.ObservedPush;
import io.crontopus.manifest.ManifestProblem;
import java.util.ArrayList;
import java.util.List;

/** What a pusher reads after a push, as lines that Git clients show behind {@code remote:}. */
final class PushReport {
  private static final int MAX_PROBLEMS = 50;
  private static final int MAX_LINE = 300;

  private PushReport() {}

  static List<String> lines(ObservedPush push) {
    List<ManifestProblem> problems =
        push.files().stream().flatMap(file -> file.problems().stream()).toList();
    List<String> lines = new ArrayList<>();
    problems.stream().limit(MAX_PROBLEMS).map(PushReport::line).forEach(lines::add);
    if (problems.size() > MAX_PROBLEMS) {
      lines.add("… and %d more".formatted(problems.size() - MAX_PROBLEMS));
    }
    lines.add(summary(push));
    return lines;
  }

  private static String summary(ObservedPush push) {
    int defined = push.files().stream().mapToInt(file -> file.jobs().size()).sum();
    long bad = push.files().stream().filter(file -> !file.problems().isEmpty()).count();
    return "%s defined, %d removed, %s with errors"
        .formatted(count(defined, "job"), push.removedJobs().size(), count(bad, "file"));
  }

  private static String line(ManifestProblem problem) {
    String field = problem.field().isEmpty() ? "" : problem.field() + ": ";
    String text =
        "%s:%d:%d %s%s"
            .formatted(problem.path(), problem.line(), problem.column(), field, problem.message());
    return printable(text);
  }

  /** The text is shown by a terminal and comes from a file: no control characters pass. */
  private static String printable(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", " ");
    return safe.length() <= MAX_LINE ? safe : safe.substring(0, MAX_LINE) + "…";
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
