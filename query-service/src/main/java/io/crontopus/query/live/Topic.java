package io.crontopus.query.live;

import io.crontopus.identity.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be watched. */
public enum Topic {
  RUNS(Scope.READ_RUNS),
  ENDPOINTS(Scope.READ_AGENTS),
  JOBS(Scope.READ_JOBS);

  private final Scope scope;

  Topic(Scope scope) {
    this.scope = scope;
  }

  /** What a caller needs to watch it. */
  public Scope scope() {
    return scope;
  }

  /** The name in the API and in the feed of changes. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Topic::wireName).toList();
  }

  static Optional<Topic> named(String name) {
    return Arrays.stream(values()).filter(topic -> topic.wireName().equals(name)).findFirst();
  }
}
