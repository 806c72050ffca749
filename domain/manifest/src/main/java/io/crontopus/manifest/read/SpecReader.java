package io.crontopus.manifest.read;

import io.crontopus.manifest.AlertRule;
import io.crontopus.manifest.CheckinPolicy;
import io.crontopus.manifest.Concurrency;
import io.crontopus.manifest.Container;
import io.crontopus.manifest.Dependency;
import io.crontopus.manifest.EndpointSelector;
import io.crontopus.manifest.EnvValue;
import io.crontopus.manifest.Hooks;
import io.crontopus.manifest.JobSpec;
import io.crontopus.manifest.Resources;
import io.crontopus.manifest.RetryPolicy;
import io.crontopus.manifest.yaml.YamlList;
import io.crontopus.manifest.yaml.YamlMap;
import io.crontopus.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code spec}. */
final class SpecReader {

  private SpecReader() {}

  static Optional<JobSpec> read(Fields spec, String namespace) {
    Optional<Schedule> schedule = ScheduleReader.read(spec);
    Optional<String> command =
        spec.require("command", "/opt/scripts/backup.sh").flatMap(SpecReader::command);
    List<String> args = spec.take("args").map(value -> value.texts(TextRule.ANY)).orElse(List.of());
    Optional<String> workingDir =
        spec.take("workingDir", value -> value.text(TextRule.ABSOLUTE_PATH));
    Optional<String> user = spec.take("user", value -> value.text(TextRule.USER));
    Map<String, EnvValue> env = spec.mapping("env").map(SpecReader::env).orElse(Map.of());
    Optional<String> stdin = spec.take("stdin", Value::text);
    boolean enabled = spec.flag("enabled", true);
    boolean paused = spec.flag("paused", false);
    EndpointSelector selector =
        spec.mapping("agent").map(SelectorReader::read).orElse(EndpointSelector.ALL);
    CheckinPolicy checkin =
        spec.mapping("checkin").map(PolicyReader::checkin).orElse(CheckinPolicy.DEFAULT);
    RetryPolicy retry = spec.mapping("retry").map(PolicyReader::retry).orElse(RetryPolicy.NONE);
    Concurrency concurrency = spec.word("concurrency", Concurrency.class).orElse(Concurrency.ALLOW);
    Resources resources =
        spec.mapping("resources").map(ResourcesReader::read).orElse(Resources.NONE);
    Optional<Container> container = spec.mapping("isolation").flatMap(RelationReader::container);
    List<Dependency> dependsOn =
        RelationReader.each(
            spec, "dependsOn", fields -> RelationReader.dependency(fields, namespace));
    List<AlertRule> alerts = RelationReader.each(spec, "alerts", RelationReader::alert);
    Hooks hooks = spec.mapping("hooks").map(RelationReader::hooks).orElse(Hooks.NONE);
    spec.end();
    if (schedule.isEmpty() || command.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobSpec(
            schedule.get(),
            command.get(),
            args,
            workingDir,
            user,
            env,
            stdin,
            enabled,
            paused,
            selector,
            checkin,
            retry,
            concurrency,
            resources,
            container,
            dependsOn,
            alerts,
            hooks));
  }

  private static Optional<String> command(Value value) {
    if (value.node() instanceof YamlList) {
      value.problem("must be text, not a list; write the program here and the rest in args");
      return Optional.empty();
    }
    return value.text(TextRule.COMMAND);
  }

  private static Map<String, EnvValue> env(Fields fields) {
    return fields.takeRest(TextRule.ENV_NAME, SpecReader::envValue);
  }

  private static Optional<EnvValue> envValue(Value value) {
    if (!(value.node() instanceof YamlMap)) {
      return value.text().map(EnvValue.Literal::new);
    }
    return value
        .fields()
        .flatMap(
            fields -> {
              Optional<String> path =
                  fields
                      .require("fromFile", "/etc/backup/token")
                      .flatMap(file -> file.text(TextRule.ABSOLUTE_PATH));
              fields.end();
              return path.map(EnvValue.FromFile::new);
            });
  }
}
