package io.crontopus.agent.inventory;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The complete state of all jobs on this endpoint.
 *
 * @param commit the commit that is in force
 * @param scheduler what starts the jobs
 * @param instances every job
 */
public record InstanceReport(String commit, String scheduler, List<JobInstance> instances) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  public InstanceReport {
    instances = List.copyOf(instances);
  }

  /** The report as the platform takes it. */
  public ObjectNode toJson(JsonMapper json, Instant now) {
    ObjectNode report = json.createObjectNode();
    report.put("observed_at", TIME.format(now));
    report.put("commit", commit);
    report.put("scheduler", scheduler);
    ArrayNode array = report.putArray("instances");
    instances.forEach(instance -> add(array.addObject(), instance, now));
    return report;
  }

  private static void add(ObjectNode node, JobInstance instance, Instant now) {
    ScheduledJob job = instance.job();
    node.put("job_id", job.id());
    node.put("namespace", job.namespace());
    node.put("name", job.name());
    node.put("path", job.path());
    node.put("state", instance.state().name().toLowerCase(Locale.ROOT));
    ArrayNode schedule = node.putArray("schedule");
    job.expressions().forEach(schedule::add);
    node.put("timezone", job.timezone());
    node.put("next_run_at", next(instance, now).map(TIME::format).orElse(null));
    node.put("message", instance.message().orElse(null));
  }

  private static Optional<Instant> next(JobInstance instance, Instant now) {
    ScheduledJob job = instance.job();
    return job.expressions().isEmpty() || job.paused()
        ? Optional.empty()
        : job.schedule().next(now.truncatedTo(ChronoUnit.SECONDS));
  }
}
