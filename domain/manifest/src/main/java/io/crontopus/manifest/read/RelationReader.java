package io.crontopus.manifest.read;

import io.crontopus.manifest.AlertRule;
import io.crontopus.manifest.AlertTrigger;
import io.crontopus.manifest.Container;
import io.crontopus.manifest.ContainerEngine;
import io.crontopus.manifest.Dependency;
import io.crontopus.manifest.DependencyCondition;
import io.crontopus.manifest.Hooks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a job has to do with others: dependencies, alerts, hooks, its container. */
final class RelationReader {

  private RelationReader() {}

  /** The items of a list of mappings; nothing for an absent field. */
  static <T> List<T> each(Fields spec, String name, Function<Fields, Optional<T>> read) {
    return spec.take(name, Value::items).orElse(List.of()).stream()
        .flatMap(item -> item.fields().flatMap(read).stream())
        .toList();
  }

  static Optional<Dependency> dependency(Fields fields, String ownNamespace) {
    Optional<String> job =
        fields
            .require("job", "extract/orders")
            .flatMap(value -> value.remembered().text(TextRule.JOB_REFERENCE));
    Duration within = PolicyReader.duration(fields, "within", Dependency.DEFAULT_WITHIN);
    DependencyCondition require =
        fields.word("require", DependencyCondition.class).orElse(DependencyCondition.SUCCESS);
    fields.end();
    return job.map(
        reference -> {
          int slash = reference.indexOf('/');
          return new Dependency(
              slash < 0 ? ownNamespace : reference.substring(0, slash),
              reference.substring(slash + 1),
              within,
              require);
        });
  }

  static Optional<AlertRule> alert(Fields fields) {
    Optional<AlertTrigger> when =
        fields.require("when", "failure").flatMap(value -> Words.read(value, AlertTrigger.class));
    int after = fields.take("after", value -> value.integer(1, 1_000)).orElse(1);
    Optional<Value> channels = fields.require("notify", "[oncall]");
    List<String> notify = channels.map(value -> value.texts(TextRule.NAME)).orElse(List.of());
    channels
        .filter(Value::isEmptyList)
        .ifPresent(value -> value.problem("must name at least one channel"));
    fields.end();
    return when.map(trigger -> new AlertRule(trigger, after, notify));
  }

  static Hooks hooks(Fields fields) {
    List<String> onSuccess = commands(fields, "onSuccess");
    List<String> onFailure = commands(fields, "onFailure");
    fields.end();
    return new Hooks(onSuccess, onFailure);
  }

  private static List<String> commands(Fields fields, String name) {
    return fields.take(name).map(value -> value.texts(TextRule.COMMAND)).orElse(List.of());
  }

  static Optional<Container> container(Fields isolation) {
    Optional<Container> container =
        isolation
            .take("container", Value::fields)
            .flatMap(
                fields -> {
                  Optional<String> image =
                      fields
                          .require("image", "\"registry/image:tag\"")
                          .flatMap(value -> value.text(TextRule.IMAGE));
                  ContainerEngine engine =
                      fields.word("engine", ContainerEngine.class).orElse(ContainerEngine.PODMAN);
                  fields.end();
                  return image.map(reference -> new Container(reference, engine));
                });
    isolation.end();
    return container;
  }
}
