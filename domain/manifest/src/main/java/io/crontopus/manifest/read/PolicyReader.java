package io.crontopus.manifest.read;

import io.crontopus.manifest.Backoff;
import io.crontopus.manifest.CheckinPolicy;
import io.crontopus.manifest.OutputPolicy;
import io.crontopus.manifest.RetryPolicy;
import java.time.Duration;
import java.util.List;

/** Reads {@code spec.checkin} and {@code spec.retry}. */
final class PolicyReader {

  private static final int MOST_OUTPUT = 1_048_576;
  private static final int MOST_ATTEMPTS = 100;

  private PolicyReader() {}

  static CheckinPolicy checkin(Fields fields) {
    CheckinPolicy absent = CheckinPolicy.DEFAULT;
    boolean enabled = fields.flag("enabled", absent.enabled());
    Duration timeout = duration(fields, "timeout", absent.timeout());
    Duration grace = duration(fields, "grace", absent.grace());
    Duration minRuntime = duration(fields, "minRuntime", absent.minRuntime());
    OutputPolicy output =
        fields.mapping("output").map(PolicyReader::output).orElse(absent.output());
    if (!timeout.isZero() && minRuntime.compareTo(timeout) > 0) {
      fields
          .take("minRuntime")
          .ifPresent(value -> value.problem("must not be longer than timeout"));
    }
    fields.end();
    return new CheckinPolicy(enabled, timeout, grace, minRuntime, output);
  }

  private static OutputPolicy output(Fields fields) {
    int maxBytes =
        fields
            .take("maxBytes", value -> value.integer(0, MOST_OUTPUT))
            .orElse(OutputPolicy.DEFAULT_MAX_BYTES);
    List<String> redact =
        fields.take("redact").map(value -> value.texts(TextRule.REGEX)).orElse(List.of());
    fields.end();
    return new OutputPolicy(maxBytes, redact);
  }

  static RetryPolicy retry(Fields fields) {
    RetryPolicy absent = RetryPolicy.NONE;
    boolean enabled = fields.flag("enabled", true);
    int attempts =
        fields.take("attempts", value -> value.integer(1, MOST_ATTEMPTS)).orElse(absent.attempts());
    Backoff backoff = fields.word("backoff", Backoff.class).orElse(absent.backoff());
    Duration delay = duration(fields, "delay", absent.delay());
    fields.end();
    return new RetryPolicy(enabled, attempts, backoff, delay);
  }

  static Duration duration(Fields fields, String name, Duration absent) {
    return fields.take(name, Durations::read).orElse(absent);
  }
}
