package io.crontopus.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules that hold across the files of a repository. */
public final class ManifestSet {

  private static final int MOST_SHOWN = 10;

  /** A job with the file that it stands in. */
  private record Found(ParsedManifest file, JobManifest job) {

    String place() {
      return job.path() + ":" + job.line();
    }
  }

  private final List<Found> jobs;
  private final List<ManifestProblem> problems = new ArrayList<>();

  private ManifestSet(List<Found> jobs) {
    this.jobs = jobs;
  }

  /**
   * Duplicate ids, duplicate names in a namespace, and {@code dependsOn} that is cyclic or names no
   * job. Only valid documents take part.
   *
   * @return the problems, by path and line; not those that the files have by themselves
   */
  public static List<ManifestProblem> check(Collection<ParsedManifest> manifests) {
    ManifestSet set =
        new ManifestSet(
            manifests.stream()
                .sorted(Comparator.comparing(ParsedManifest::path))
                .flatMap(file -> file.jobs().stream().map(job -> new Found(file, job)))
                .toList());
    Map<String, Found> byName = set.unique();
    set.dangling(byName);
    set.cycles(byName);
    return set.problems.stream()
        .sorted(
            Comparator.comparing(ManifestProblem::path)
                .thenComparingInt(ManifestProblem::line)
                .thenComparingInt(ManifestProblem::column))
        .toList();
  }

  private Map<String, Found> unique() {
    Map<UUID, Found> byId = new HashMap<>();
    Map<String, Found> byName = new TreeMap<>();
    for (Found found : jobs) {
      JobManifest job = found.job();
      first(byName, found, j -> Optional.of(j.qualifiedName()))
          .ifPresent(
              other ->
                  problem(
                      found,
                      "metadata.name",
                      "the name \"%s\" is taken in namespace %s by %s; choose another"
                          .formatted(job.name(), job.namespace(), other.place())));
      first(byId, found, JobManifest::id)
          .ifPresent(
              other ->
                  problem(
                      found,
                      "metadata.id",
                      "the id is that of %s (%s); give this job its own, or none"
                          .formatted(other.job().qualifiedName(), other.place())));
    }
    return byName;
  }

  /** The job that was there first with this key. */
  private static <K> Optional<Found> first(
      Map<K, Found> known, Found found, Function<JobManifest, Optional<K>> key) {
    return key.apply(found.job()).flatMap(k -> Optional.ofNullable(known.putIfAbsent(k, found)));
  }

  private void dangling(Map<String, Found> byName) {
    for (Found found : jobs) {
      List<Dependency> dependencies = found.job().spec().dependsOn();
      for (int i = 0; i < dependencies.size(); i++) {
        String other = dependencies.get(i).qualifiedName();
        if (!byName.containsKey(other)) {
          problem(
              found,
              "spec.dependsOn[" + i + "].job",
              "there is no job %s; write a job's name, or namespace/name".formatted(other));
        }
      }
    }
  }

  private void cycles(Map<String, Found> byName) {
    Map<String, List<String>> dependencies = new TreeMap<>();
    byName.forEach(
        (name, found) ->
            dependencies.put(
                name,
                found.job().spec().dependsOn().stream().map(Dependency::qualifiedName).toList()));
    for (List<String> cycle : DependencyCycles.in(dependencies)) {
      String message = "the jobs wait for each other: %s; remove one".formatted(shown(cycle));
      for (int i = 0; i < cycle.size(); i++) {
        String next = cycle.get((i + 1) % cycle.size());
        List<String> own = dependencies.getOrDefault(cycle.get(i), List.of());
        String field = "spec.dependsOn[" + own.indexOf(next) + "].job";
        Optional.ofNullable(byName.get(cycle.get(i)))
            .ifPresent(found -> problem(found, field, message));
      }
    }
  }

  private static String shown(List<String> cycle) {
    Stream<String> names =
        cycle.size() <= MOST_SHOWN
            ? cycle.stream()
            : Stream.concat(cycle.stream().limit(MOST_SHOWN), Stream.of("…"));
    return String.join(" → ", Stream.concat(names, Stream.of(cycle.getFirst())).toList());
  }

  private void problem(Found found, String field, String message) {
    FieldPlace place = found.file().place(found.job().line(), field);
    problems.add(
        new ManifestProblem(found.job().path(), place.line(), place.column(), field, message));
  }
}
