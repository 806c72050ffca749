package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.DataLock;
import io.crontopus.standalone.data.Running;
import io.crontopus.standalone.data.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Says whether a platform runs on a data folder, and where. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Show whether the platform runs and where. Exit code 0: it answers; 1: it runs but does not answer; 3: it does not run.")
public final class StatusCommand implements Callable<Integer> {

  private static final int NOT_RUNNING = 3;

  enum Format {
    table,
    json
  }

  @Mixin DataOption option = new DataOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json (default: ${DEFAULT-VALUE})")
  Format format = Format.table;

  @Override
  public Integer call() {
    DataFolder data = option.folder();
    Optional<Running> running = DataLock.holder(data);
    Optional<Health> health =
        running.filter(process -> process.url() != null).flatMap(_ -> health(data));
    String state = running.map(process -> state(process, health)).orElse("stopped");
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("state", state);
    facts.put("url", running.map(Running::url).orElse(null));
    facts.put("pid", running.map(Running::pid).orElse(null));
    facts.put("started_at", running.map(process -> process.startedAt().toString()).orElse(null));
    facts.put("email", health.map(Health::email).filter(email -> !email.isEmpty()).orElse(null));
    facts.put("data", data.root().toString());
    facts.put(
        "credentials", running.map(process -> data.credentialsFile().toString()).orElse(null));
    facts.put("log", data.logFile().toString());
    print(facts);
    return switch (state) {
      case "up" -> 0;
      case "stopped" -> NOT_RUNNING;
      default -> 1;
    };
  }

  /** What is in front of the platform may be away, or refuse this machine. */
  private static Optional<Health> health(DataFolder data) {
    Settings settings = data.settings().orElseThrow();
    return Health.of(settings.localUrl(), settings.certificate());
  }

  private static String state(Running running, Optional<Health> health) {
    if (running.url() == null) {
      return "starting";
    }
    return health.isPresent() ? "up" : "not answering";
  }

  private void print(Map<String, @Nullable Object> facts) {
    if (format == Format.json) {
      System.out.println(
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(facts));
    } else {
      facts.forEach(
          (name, value) -> {
            if (value != null) {
              System.out.printf("%-12s %s%n", name, value);
            }
          });
    }
  }
}
