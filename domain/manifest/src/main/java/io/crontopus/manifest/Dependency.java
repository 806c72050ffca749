package io.crontopus.manifest;

import java.time.Duration;

/**
 * Another job that has to have run before this one.
 *
 * @param namespace the other job's namespace
 * @param name the other job's name
 * @param within how long ago that run may have ended
 * @param require what it must have come to
 */
public record Dependency(
    String namespace, String name, Duration within, DependencyCondition require) {

  public static final Duration DEFAULT_WITHIN = Duration.ofDays(1);

  /** The other job as {@code namespace/name}. */
  public String qualifiedName() {
    return namespace + "/" + name;
  }
}
