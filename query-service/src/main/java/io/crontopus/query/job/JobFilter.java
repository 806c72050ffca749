package io.crontopus.query.job;

import io.crontopus.query.page.RequestText;
import io.crontopus.web.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are asked for.
 *
 * @param statuses any of these; empty for all
 * @param labels all of these, with these values
 * @param text a part of the name, in any case
 */
public record JobFilter(
    List<String> statuses,
    @Nullable String namespace,
    Map<String, String> labels,
    @Nullable String text) {

  public JobFilter {
    statuses = List.copyOf(statuses);
    labels = Map.copyOf(labels);
  }

  static JobFilter of(
      @Nullable List<String> status,
      @Nullable String namespace,
      @Nullable List<String> label,
      @Nullable String q) {
    return new JobFilter(
        RequestText.anyOf("status", status, JobStatus.names()),
        RequestText.filter("namespace", namespace),
        labels(label),
        RequestText.filter("q", q));
  }

  private static Map<String, String> labels(@Nullable List<String> parameters) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String parameter : parameters == null ? List.<String>of() : parameters) {
      String label = RequestText.filter("label", parameter);
      if (label == null) {
        continue;
      }
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw Problem.invalid("label", "must be name=value");
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }
}
