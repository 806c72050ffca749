package io.crontopus.query.run;

import io.crontopus.query.page.RequestText;
import io.crontopus.query.page.RequestTime;
import io.crontopus.run.RunStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are asked for.
 *
 * @param statuses any of these; all where none is named
 * @param from runs that began at this time or later
 * @param to runs that began before this time
 * @param output whether their output is wanted, too
 */
public record RunFilter(
    @Nullable String namespace,
    @Nullable String job,
    @Nullable String endpointId,
    Set<RunStatus> statuses,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean output) {

  private static final List<String> STATUSES =
      Arrays.stream(RunStatus.values()).map(RunStatus::wireName).toList();

  public RunFilter {
    // In their own order: who asks for the same gets the same statement.
    statuses =
        Collections.unmodifiableSet(
            statuses.isEmpty() ? EnumSet.allOf(RunStatus.class) : EnumSet.copyOf(statuses));
  }

  static RunFilter of(
      @Nullable String namespace,
      @Nullable String job,
      @Nullable String endpointId,
      @Nullable List<String> status,
      @Nullable String from,
      @Nullable String to,
      @Nullable List<String> include) {
    return new RunFilter(
        RequestText.filter("namespace", namespace),
        RequestText.filter("job", job),
        RequestText.filter("endpoint_id", endpointId),
        RequestText.anyOf("status", status, STATUSES).stream()
            .map(RunStatus::ofWireName)
            .collect(Collectors.toSet()),
        RequestTime.optional("from", from),
        RequestTime.optional("to", to),
        RequestText.anyOf("include", include, List.of("output")).contains("output"));
  }
}
