package io.crontopus.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

  private static final Path FILE = Path.of("agent.yaml");
  private static final String SERVER = "server: https://c.example.org\n";

  @Test
  void readsBackWhatItWrites() {
    AgentConfig defaults =
        AgentConfig.defaults(
            URI.create("https://c.example.org:8443/base"),
            "caf\u00e9 \"one\" \\ \t",
            Map.of("role", "database", "a b", "{x}: #"));
    AgentConfig other =
        new AgentConfig(
            defaults.server(),
            defaults.caFile(),
            defaults.name(),
            Map.of(),
            SchedulerChoice.EMBEDDED,
            Duration.ofMillis(1_500),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            DriftPolicy.REPORT,
            new RemovalLimits(10, 0, true),
            true,
            List.of("password=\\S+", "\"[a-z]'"),
            new CrontabConfig(
                "/opt/bin/crontab", Optional.of("backup"), Optional.of(ZoneId.of("Asia/Tokyo")), 0),
            new SpoolLimits(1 << 21, 1_000),
            Duration.ofSeconds(2),
            LogLevel.DEBUG);

    for (AgentConfig config : List.of(defaults, other)) {
      assertThat(ConfigFile.parse(FILE, ConfigTemplate.render(config))).isEqualTo(config);
    }
  }

  @Test
  void fillsInWhatIsNotThere() {
    assertThat(ConfigFile.parse(FILE, SERVER))
        .isEqualTo(AgentConfig.defaults(URI.create("https://c.example.org"), "", Map.of()));
  }

  @Test
  void namesEveryProblemAtOnceWithItsLineAndWhatWouldBeRight() {
    String yaml =
        SERVER
            + """
            heartbeat_intervall: 5
            sync_interval: soon
            scheduler: systemd
            removal:
              max_percent: 200
              alow_empty: true
            redact: ["("]
            crontab: {timezone: Nowhere/Else}
            """;

    assertThatThrownBy(() -> ConfigFile.parse(FILE, yaml))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(
            "agent.yaml:2: heartbeat_intervall: unknown option; did you mean heartbeat_interval?")
        .contains("agent.yaml:3: sync_interval: \"soon\" where seconds from 1 to 86400")
        .contains("agent.yaml:4: scheduler: \"systemd\" is none of auto, cron, embedded")
        .contains("agent.yaml:6: removal.max_percent: \"200\" where a whole number from 0 to 100")
        .contains("agent.yaml:7: removal.alow_empty: unknown option; did you mean allow_empty?")
        .contains("agent.yaml:8: redact: not a regular expression")
        .contains("agent.yaml:9: crontab.timezone: no time zone is called Nowhere/Else");
  }

  @Test
  void saysWhatIsWrongWithTheServer() {
    assertThatThrownBy(() -> ConfigFile.parse(FILE, "name: x\n"))
        .hasMessageContaining("server is missing");
    assertThatThrownBy(() -> ConfigFile.parse(FILE, "server: ftp://x\n"))
        .hasMessageContaining("is no address");
    assertThatThrownBy(() -> ConfigFile.parse(FILE, "server: [\n"))
        .hasMessageContaining("not YAML");
  }
}
