package io.crontopus.agent.inventory;

import io.crontopus.schedule.Schedule;
import java.time.ZoneId;
import java.util.List;

/**
 * A job as the scheduler knows it: when, and which. How it runs is in the job's own files.
 *
 * @param id the job's identity
 * @param namespace the namespace
 * @param name the name
 * @param path the manifest's path in the repository
 * @param expressions cron expressions
 * @param timezone IANA name
 * @param paused kept in the scheduler, does not run
 */
public record ScheduledJob(
    String id,
    String namespace,
    String name,
    String path,
    List<String> expressions,
    String timezone,
    boolean paused) {

  public ScheduledJob {
    expressions = List.copyOf(expressions);
  }

  /** The job as {@code namespace/name}. */
  public String qualifiedName() {
    return namespace + "/" + name;
  }

  /** When it is due. */
  public Schedule schedule() {
    return Schedule.parse(expressions, ZoneId.of(timezone));
  }
}
