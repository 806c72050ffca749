package io.crontopus.agent.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The agent's settings, complete.
 *
 * @param server the platform's address
 * @param caFile certificates to trust in place of those that the JDK comes with
 * @param name what people call this endpoint
 * @param labels what manifests may select this endpoint by, sorted
 * @param scheduler what starts the jobs
 * @param syncInterval how often Git and the scheduler are looked at without a nudge
 * @param heartbeatInterval how often the agent says that it lives, unless the platform asks for
 *     another pace
 * @param reportInterval how often the complete state of the jobs is sent, also without a change
 * @param drift what follows when somebody edited the managed block
 * @param removal how much one sync may remove
 * @param mailOutput whether jobs' output also goes where cron would have mailed it
 * @param redact regular expressions for every job, besides those of its manifest
 * @param crontab how the crontab is read and written
 * @param spool how much may wait on disk
 * @param stopGrace how long the embedded scheduler lets running jobs go on when the agent stops
 * @param logLevel how much the agent says
 */
public record AgentConfig(
    URI server,
    Optional<Path> caFile,
    String name,
    Map<String, String> labels,
    SchedulerChoice scheduler,
    Duration syncInterval,
    Duration heartbeatInterval,
    Duration reportInterval,
    DriftPolicy drift,
    RemovalLimits removal,
    boolean mailOutput,
    List<String> redact,
    CrontabConfig crontab,
    SpoolLimits spool,
    Duration stopGrace,
    LogLevel logLevel) {

  public AgentConfig {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    redact = List.copyOf(redact);
  }

  /** The defaults, for an endpoint of a platform. */
  public static AgentConfig defaults(URI server, String name, Map<String, String> labels) {
    return new AgentConfig(
        server,
        Optional.empty(),
        name,
        labels,
        SchedulerChoice.AUTO,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(300),
        DriftPolicy.RESTORE,
        RemovalLimits.DEFAULT,
        false,
        List.of(),
        CrontabConfig.DEFAULT,
        SpoolLimits.DEFAULT,
        Duration.ofMillis(500),
        LogLevel.INFO);
  }

  /** The same settings for another platform, name and labels. */
  public AgentConfig enrolledAs(
      URI server, Optional<Path> caFile, String name, Map<String, String> labels) {
    return new AgentConfig(
        server,
        caFile,
        name,
        labels,
        scheduler,
        syncInterval,
        heartbeatInterval,
        reportInterval,
        drift,
        removal,
        mailOutput,
        redact,
        crontab,
        spool,
        stopGrace,
        logLevel);
  }
}
