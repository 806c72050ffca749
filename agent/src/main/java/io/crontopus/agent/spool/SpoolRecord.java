package io.crontopus.agent.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A start or an end of a run, as the wrapper left it.
 *
 * @param file the record's name in the spool; names sort by time
 * @param runId the run
 * @param jobId the job
 * @param namespace the job's namespace
 * @param name the job's name
 * @param commit the commit in force
 * @param started when the run began
 * @param end how it ended; absent for a start
 * @param maxBytes how much of the output is sent
 * @param redact what is blacked out in it
 * @param minRuntime a success that took less is a failure; zero: no minimum
 */
public record SpoolRecord(
    String file,
    String runId,
    String jobId,
    String namespace,
    String name,
    String commit,
    Instant started,
    Optional<End> end,
    int maxBytes,
    List<String> redact,
    Duration minRuntime) {

  public SpoolRecord {
    redact = List.copyOf(redact);
  }

  /**
   * How a run ended.
   *
   * @param finished when
   * @param status what it is called when the exit status does not say it: timeout, cancelled, lost
   * @param reason why, in one word
   * @param exitCode the job's exit status; absent when it was never started or never seen to end
   * @param attempt how many tries it took
   * @param lostBytes how much of the output's begin is gone
   */
  public record End(
      Instant finished,
      Optional<String> status,
      Optional<String> reason,
      OptionalInt exitCode,
      int attempt,
      long lostBytes) {}
}
