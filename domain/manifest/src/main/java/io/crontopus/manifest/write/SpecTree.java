package io.crontopus.manifest.write;

import io.crontopus.manifest.AlertRule;
import io.crontopus.manifest.CheckinPolicy;
import io.crontopus.manifest.Container;
import io.crontopus.manifest.Dependency;
import io.crontopus.manifest.EndpointSelector;
import io.crontopus.manifest.EnvValue;
import io.crontopus.manifest.JobSpec;
import io.crontopus.manifest.Resources;
import io.crontopus.manifest.RetryPolicy;
import io.crontopus.manifest.read.Words;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code spec}. */
final class SpecTree {

  private SpecTree() {}

  static Map<String, Object> of(JobSpec spec) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("schedule", spec.schedule().texts());
    tree.put("timezone", spec.schedule().zone().getId());
    tree.put("command", spec.command());
    tree.put("args", spec.args());
    spec.workingDir().ifPresent(dir -> tree.put("workingDir", dir));
    spec.user().ifPresent(user -> tree.put("user", user));
    tree.put("env", env(spec.env()));
    spec.stdin().ifPresent(stdin -> tree.put("stdin", stdin));
    tree.put("enabled", spec.enabled());
    tree.put("paused", spec.paused());
    tree.put("agent", Map.of("selector", selector(spec.selector())));
    tree.put("checkin", checkin(spec.checkin()));
    tree.put("retry", retry(spec.retry()));
    tree.put("concurrency", Words.of(spec.concurrency()));
    tree.put("resources", resources(spec.resources()));
    tree.put(
        "isolation",
        spec.container()
            .<Map<String, Object>>map(c -> Map.of("container", container(c)))
            .orElse(Map.of()));
    tree.put("dependsOn", spec.dependsOn().stream().map(SpecTree::dependency).toList());
    tree.put("alerts", spec.alerts().stream().map(SpecTree::alert).toList());
    tree.put(
        "hooks",
        ordered("onSuccess", spec.hooks().onSuccess(), "onFailure", spec.hooks().onFailure()));
    return Collections.unmodifiableMap(tree);
  }

  private static Map<String, Object> env(Map<String, EnvValue> env) {
    Map<String, Object> tree = new LinkedHashMap<>();
    env.forEach(
        (name, value) ->
            tree.put(
                name,
                switch (value) {
                  case EnvValue.Literal literal -> literal.value();
                  case EnvValue.FromFile file -> Map.of("fromFile", file.path());
                }));
    return Collections.unmodifiableMap(tree);
  }

  private static Map<String, Object> selector(EndpointSelector selector) {
    Map<String, Object> tree = new LinkedHashMap<>(selector.matchLabels());
    if (!selector.matchExpressions().isEmpty()) {
      tree.put(
          "matchExpressions",
          selector.matchExpressions().stream()
              .map(
                  e ->
                      ordered(
                          "key", e.key(), "operator", e.operator().text(), "values", e.values()))
              .toList());
    }
    return Collections.unmodifiableMap(tree);
  }

  private static Map<String, Object> checkin(CheckinPolicy checkin) {
    return ordered(
        "enabled",
        checkin.enabled(),
        "timeout",
        seconds(checkin.timeout()),
        "grace",
        seconds(checkin.grace()),
        "minRuntime",
        seconds(checkin.minRuntime()),
        "output",
        ordered("maxBytes", checkin.output().maxBytes(), "redact", checkin.output().redact()));
  }

  private static Map<String, Object> retry(RetryPolicy retry) {
    return ordered(
        "enabled",
        retry.enabled(),
        "attempts",
        retry.attempts(),
        "backoff",
        Words.of(retry.backoff()),
        "delay",
        seconds(retry.delay()));
  }

  private static Map<String, Object> resources(Resources resources) {
    Map<String, Object> tree = new LinkedHashMap<>();
    resources.nice().ifPresent(nice -> tree.put("nice", nice));
    resources.ioClass().ifPresent(ioClass -> tree.put("ioClass", Words.of(ioClass)));
    resources.memory().ifPresent(bytes -> tree.put("memory", Amounts.memory(bytes)));
    resources.cpu().ifPresent(cores -> tree.put("cpu", cores.toPlainString()));
    return Collections.unmodifiableMap(tree);
  }

  private static Map<String, Object> container(Container container) {
    return ordered("image", container.image(), "engine", Words.of(container.engine()));
  }

  private static Map<String, Object> dependency(Dependency dependency) {
    return ordered(
        "job",
        dependency.qualifiedName(),
        "within",
        seconds(dependency.within()),
        "require",
        Words.of(dependency.require()));
  }

  private static Map<String, Object> alert(AlertRule alert) {
    return ordered(
        "when", Words.of(alert.when()), "after", alert.after(), "notify", alert.channels());
  }

  private static Integer seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(tree);
  }
}
