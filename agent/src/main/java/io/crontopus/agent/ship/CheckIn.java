package io.crontopus.agent.ship;

import io.crontopus.agent.spool.OutputText;
import io.crontopus.agent.spool.SpoolRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A record as the platform takes it. */
final class CheckIn {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private CheckIn() {}

  static ObjectNode of(SpoolRecord entry, OutputText output, JsonMapper json) {
    ObjectNode node = json.createObjectNode();
    node.put("job_name", entry.name());
    node.put("namespace", entry.namespace());
    node.put("job_id", entry.jobId());
    node.put("run_id", entry.runId());
    if (!entry.commit().isEmpty()) {
      node.put("commit", entry.commit());
    }
    node.put("started_at", time(entry.started()));
    if (entry.end().isEmpty()) {
      return node.put("status", "running");
    }
    SpoolRecord.End end = entry.end().get();
    Duration duration = Duration.between(entry.started(), end.finished());
    node.put("status", status(entry, end, duration));
    end.exitCode().ifPresent(code -> node.put("exit_code", code));
    node.put("finished_at", time(end.finished()));
    node.put("duration", BigDecimal.valueOf(duration.toMillis(), 3));
    if (!output.text().isEmpty()) {
      node.put("output", output.text());
      node.put("output_truncated", output.truncated());
    }
    message(entry, end, duration).ifPresent(message -> node.put("error_message", message));
    return node;
  }

  private static String status(SpoolRecord entry, SpoolRecord.End end, Duration duration) {
    String given = end.status().orElse("");
    if (given.equals("timeout") || given.equals("cancelled")) {
      return given;
    }
    boolean success = end.exitCode().isPresent() && end.exitCode().getAsInt() == 0;
    return success && duration.compareTo(entry.minRuntime()) >= 0 ? "success" : "failure";
  }

  private static Optional<String> message(
      SpoolRecord entry, SpoolRecord.End end, Duration duration) {
    return switch (end.status().orElse("")) {
      case "timeout" -> Optional.of("ended because it took longer than spec.checkin.timeout");
      case "cancelled" ->
          Optional.of(
              end.reason().orElse("").equals("overlap")
                  ? "not started: the previous run was still going (spec.concurrency: forbid)"
                  : "ended because the next run was due (spec.concurrency: replace)");
      case "lost" ->
          Optional.of("it never ended: the machine went down, or its processes were killed");
      default -> {
        int code = end.exitCode().orElse(0);
        if (code == 0) {
          yield duration.compareTo(entry.minRuntime()) >= 0
              ? Optional.empty()
              : Optional.of("succeeded faster than spec.checkin.minRuntime");
        }
        String tries = end.attempt() > 1 ? ", after " + end.attempt() + " tries" : "";
        yield Optional.of(
            code > 128 && code < 128 + 65
                ? "ended by signal " + (code - 128) + tries
                : "exit status " + code + tries);
      }
    };
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
