package io.crontopus.agent.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** Reads and writes {@code agent.yaml}. */
public final class ConfigFile {

  private ConfigFile() {}

  /**
   * Reads the settings of a data folder.
   *
   * @throws ConfigException when something in the file is wrong; every problem at once
   */
  public static AgentConfig read(DataDir data) throws IOException {
    return parse(data.config(), Files.readString(data.config(), UTF_8));
  }

  /** Writes the settings, every option with its explanation. */
  public static void write(DataDir data, AgentConfig config) throws IOException {
    AtomicFile.write(data.config(), ConfigTemplate.render(config));
  }

  static AgentConfig parse(Path file, String yaml) {
    ConfigProblems problems = new ConfigProblems(file);
    ConfigSection top = ConfigSection.compose(yaml, problems);
    URI server = server(top);
    String name = top.text("name").orElse("");
    Map<String, String> labels = top.texts("labels");
    AgentConfig base = AgentConfig.defaults(server, name, labels);
    AgentConfig config =
        new AgentConfig(
            server,
            top.text("ca_file").filter(path -> !path.isBlank()).map(Path::of),
            name,
            labels,
            top.choice("scheduler", SchedulerChoice.class, base.scheduler()),
            top.seconds("sync_interval", base.syncInterval(), 1, 86_400),
            top.seconds("heartbeat_interval", base.heartbeatInterval(), 1, 3_600),
            top.seconds("report_interval", base.reportInterval(), 1, 86_400),
            top.choice("drift", DriftPolicy.class, base.drift()),
            removal(top.section("removal")),
            top.flag("mail_output", base.mailOutput()),
            top.patterns("redact"),
            crontab(top.section("crontab")),
            spool(top.section("spool")),
            top.seconds("stop_grace", base.stopGrace(), 0, 3_600),
            top.choice("log_level", LogLevel.class, base.logLevel()));
    top.refuseUnknown();
    problems.throwIfAny();
    return config;
  }

  private static URI server(ConfigSection top) {
    Optional<String> text = top.text("server");
    if (text.isEmpty()) {
      top.missing("server", "the platform's address, as https://crontopus.example.org");
      return URI.create("http://localhost");
    }
    try {
      return ServerAddress.parse(text.get());
    } catch (IllegalArgumentException e) {
      top.wrong("server", e.getMessage() == null ? "not an address" : e.getMessage());
      return URI.create("http://localhost");
    }
  }

  private static RemovalLimits removal(ConfigSection section) {
    RemovalLimits base = RemovalLimits.DEFAULT;
    RemovalLimits limits =
        new RemovalLimits(
            (int) section.number("max_percent", base.maxPercent(), 0, 100),
            (int) section.number("always_allowed", base.alwaysAllowed(), 0, 1_000_000),
            section.flag("allow_empty", base.allowEmpty()));
    section.refuseUnknown();
    return limits;
  }

  private static CrontabConfig crontab(ConfigSection section) {
    CrontabConfig base = CrontabConfig.DEFAULT;
    CrontabConfig crontab =
        new CrontabConfig(
            section.text("command").orElse(base.command()),
            section.text("user"),
            section.text("timezone").flatMap(zone -> zone(section, zone)),
            (int) section.number("backups", base.backups(), 0, 10_000));
    section.refuseUnknown();
    return crontab;
  }

  private static Optional<ZoneId> zone(ConfigSection section, String zone) {
    try {
      return Optional.of(ZoneId.of(zone));
    } catch (DateTimeException e) {
      section.wrong(
          "timezone", "no time zone is called " + zone + "; write a name as Europe/Paris");
      return Optional.empty();
    }
  }

  private static SpoolLimits spool(ConfigSection section) {
    SpoolLimits base = SpoolLimits.DEFAULT;
    SpoolLimits limits =
        new SpoolLimits(
            section.number("max_bytes", base.maxBytes(), 1 << 20, Long.MAX_VALUE),
            (int) section.number("max_records", base.maxRecords(), 100, 10_000_000));
    section.refuseUnknown();
    return limits;
  }
}
