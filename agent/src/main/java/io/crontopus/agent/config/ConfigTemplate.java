package io.crontopus.agent.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings as a file that explains itself. */
final class ConfigTemplate {

  private ConfigTemplate() {}

  static String render(AgentConfig config) {
    return """
        # Settings of the Crontopus agent. Read when it starts; unknown options are errors.
        # Times are in seconds.

        # The platform's address.
        server: %s

        # A file of certificates (PEM) that the platform's has to come from, instead of those that
        # Java knows.
        ca_file: %s

        # What people call this endpoint.
        name: %s

        # What manifests can select this endpoint by, besides hostname and platform.
        labels: %s

        # What starts the jobs: cron (the user's crontab), embedded (the agent itself; nothing on the
        # machine is changed) or auto (cron where the machine has it).
        scheduler: %s

        # How often Git and the scheduler are looked at without a nudge from the platform.
        sync_interval: %s

        # How often the agent says that it lives, unless the platform asks for another pace.
        heartbeat_interval: %s

        # How often the state of all jobs is sent, also when nothing changed.
        report_interval: %s

        # When somebody edited the managed block of the crontab: restore (report and put right) or
        # report (leave the edited lines until the job's manifest changes).
        drift: %s

        # How much one sync may remove. More is held back until `agent sync --once
        # --approve-removals`.
        removal:
          # Share of the scheduled jobs, in percent.
          max_percent: %d
          # This many may always go, whatever share they are.
          always_allowed: %d
          # true: everything may go, also when the history in Git does not show the removals.
          allow_empty: %s

        # true: jobs' output also goes to standard output, where cron mails it.
        mail_output: %s

        # Regular expressions; what they match in any job's output is blacked out before upload.
        redact: %s

        crontab:
          # The program that reads and writes the crontab.
          command: %s
          # Whose crontab, for an agent that may; the agent's own user's when empty.
          user: %s
          # The zone that cron reads the lines in; the machine's when empty.
          timezone: %s
          # How many copies are kept of the crontab from before changes; the very first always is.
          backups: %d

        # What may wait on disk while the platform is away.
        spool:
          # Beyond it the oldest runs lose their output.
          max_bytes: %d
          # Beyond it the oldest records go.
          max_records: %d

        # How long the embedded scheduler lets running jobs go on when the agent stops.
        stop_grace: %s

        # error, warn, info or debug.
        log_level: %s
        """
        .formatted(
            quote(config.server().toString()),
            config.caFile().map(file -> quote(file.toString())).orElse(""),
            quote(config.name()),
            map(config.labels()),
            ConfigSection.spelled(config.scheduler()),
            seconds(config.syncInterval()),
            seconds(config.heartbeatInterval()),
            seconds(config.reportInterval()),
            ConfigSection.spelled(config.drift()),
            config.removal().maxPercent(),
            config.removal().alwaysAllowed(),
            config.removal().allowEmpty(),
            config.mailOutput(),
            list(config.redact()),
            quote(config.crontab().command()),
            config.crontab().user().map(ConfigTemplate::quote).orElse(""),
            config.crontab().timezone().map(zone -> quote(zone.getId())).orElse(""),
            config.crontab().backups(),
            config.spool().maxBytes(),
            config.spool().maxRecords(),
            seconds(config.stopGrace()),
            ConfigSection.spelled(config.logLevel()))
        .replaceAll("(?m) +$", "");
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static String map(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> quote(entry.getKey()) + ": " + quote(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String list(Collection<String> values) {
    return values.stream().map(ConfigTemplate::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A double-quoted scalar, which can hold anything. */
  private static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                default -> {
                  if (c < ' ' || c == 0x7f) {
                    quoted.append("\\x%02x".formatted(c));
                  } else {
                    quoted.append((char) c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
