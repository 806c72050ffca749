package io.crontopus.bench.queries;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A list with one combination of filters, asked with many values.
 *
 * @param label the filters
 * @param paths what to GET
 */
record Question(String label, List<String> paths) {

  private static final int VALUES = 64;
  private static final long SEED = 20260101;

  Question {
    paths = List.copyOf(paths);
  }

  /** A filter: its name and what it adds to a path, for a job and an endpoint it runs on. */
  private record Filter(String label, Function<Draw, String> parameters) {}

  /** What one request asks for. */
  private record Draw(int job, int endpoint, Instant day) {

    static Draw of(Random random, Instant now) {
      // Rare jobs as often as frequent ones, and every other endpoint one that the job runs on.
      int job = random.nextInt(FilledRuns.JOBS);
      int endpoint =
          random.nextBoolean()
              ? job * 7 + random.nextInt(FilledRuns.ENDPOINTS_PER_JOB)
              : random.nextInt(FilledRuns.ENDPOINTS);
      Instant day =
          now.minus(Duration.ofHours(random.nextInt(24 * FilledRuns.DAYS) + 24L))
              .truncatedTo(ChronoUnit.MILLIS);
      return new Draw(job, endpoint, day);
    }
  }

  private static final Filter NOTHING = new Filter("", _ -> "");

  private static final List<Filter> JOBS =
      List.of(
          NOTHING,
          new Filter("namespace", d -> "&namespace=" + FilledRuns.namespaceOf(d.job())),
          new Filter("job", d -> "&job=" + FilledRuns.nameOf(d.job())),
          new Filter(
              "namespace+job",
              d ->
                  "&namespace="
                      + FilledRuns.namespaceOf(d.job())
                      + "&job="
                      + FilledRuns.nameOf(d.job())));

  private static final List<Filter> ENDPOINTS =
      List.of(
          NOTHING,
          new Filter("endpoint_id", d -> "&endpoint_id=" + FilledRuns.endpointOf(d.endpoint())));

  private static final List<Filter> STATUSES =
      List.of(
          NOTHING,
          new Filter("status=success", _ -> "&status=success"),
          new Filter("status=running", _ -> "&status=running"),
          new Filter("status=failure,timeout", _ -> "&status=failure,timeout"));

  private static final List<Filter> TIMES =
      List.of(
          NOTHING,
          new Filter("to", d -> "&to=" + d.day()),
          new Filter(
              "from+to", d -> "&from=" + d.day().minus(Duration.ofDays(1)) + "&to=" + d.day()));

  /** Every combination of the filters of {@code GET /api/runs}. */
  static List<Question> all() {
    List<Question> questions = new ArrayList<>();
    for (Filter job : JOBS) {
      for (Filter endpoint : ENDPOINTS) {
        for (Filter status : STATUSES) {
          for (Filter time : TIMES) {
            questions.add(of(List.of(job, endpoint, status, time)));
          }
        }
      }
    }
    return questions;
  }

  private static Question of(List<Filter> filters) {
    Random random = new Random(SEED);
    Instant now = Instant.now();
    String label =
        filters.stream()
            .map(Filter::label)
            .filter(each -> !each.isEmpty())
            .reduce((one, other) -> one + " " + other)
            .orElse("no filter");
    return new Question(
        label,
        IntStream.range(0, VALUES).mapToObj(_ -> path(filters, Draw.of(random, now))).toList());
  }

  private static String path(List<Filter> filters, Draw draw) {
    StringBuilder path = new StringBuilder("/api/runs?limit=100");
    filters.forEach(filter -> path.append(filter.parameters().apply(draw)));
    return path.toString();
  }
}
