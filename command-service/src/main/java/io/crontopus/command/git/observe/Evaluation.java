package io.crontopus.command.git.observe;

import io.crontopus.command.git.observe.InForce.Source;
import io.crontopus.manifest.ManifestProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Decides which jobs are in force with a tree, given those that were before it.
 *
 * <p>A valid job comes into force unless a rule across files speaks against it. What was in force
 * stays so while its file has problems and no other file defines it, or while it is defined in a
 * way that cannot come into force; and it stands its ground against newcomers that collide with it.
 */
final class Evaluation {
  private static final Comparator<ManifestProblem> BY_PLACE =
      Comparator.comparingInt(ManifestProblem::line).thenComparingInt(ManifestProblem::column);

  private final Map<String, ManifestFiles.Version> tree;
  private final InForce before;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<Candidate> refused = new HashSet<>();
  private final SortedMap<String, Set<ManifestProblem>> problems = new TreeMap<>();

  private Evaluation(String tenantId, Map<String, ManifestFiles.Version> tree, InForce before) {
    this.tree = tree;
    this.before = before;
    tree.forEach(
        (path, file) -> {
          Source source = new Source(path, file.blob());
          file.manifest().jobs().stream()
              .map(job -> new Candidate(job.jobId(tenantId), source, job, file.manifest()))
              .forEach(candidates::add);
          file.manifest().problems().forEach(this::note);
        });
  }

  /** Decides for one tree; jobs of older versions are read from {@code earlier}. */
  static Outcome of(
      String tenantId,
      Map<String, ManifestFiles.Version> tree,
      InForce before,
      EarlierJobs earlier) {
    Evaluation evaluation = new Evaluation(tenantId, tree, before);
    // Refusing one job can keep an older one, which can stand against another: until all is said.
    List<Candidate> judged = evaluation.candidates;
    Map<UUID, Source> kept = evaluation.kept();
    while (evaluation.refuse(CrossFileRules.objections(tenantId, judged, earlier.of(kept)))) {
      judged = evaluation.accepted();
      kept = evaluation.kept();
    }
    return evaluation.outcome(kept);
  }

  /**
   * What was decided.
   *
   * @param accepted the jobs that are defined by the tree as it is
   * @param problems of files by path, those across files included, by line
   */
  record Outcome(
      InForce inForce,
      List<Candidate> accepted,
      SortedMap<String, List<ManifestProblem>> problems) {}

  private boolean refuse(Map<Candidate, List<ManifestProblem>> objections) {
    objections.values().forEach(found -> found.forEach(this::note));
    return refused.addAll(objections.keySet());
  }

  private List<Candidate> accepted() {
    return candidates.stream().filter(candidate -> !refused.contains(candidate)).toList();
  }

  private Map<UUID, Source> kept() {
    Set<UUID> accepted = accepted().stream().map(Candidate::jobId).collect(Collectors.toSet());
    Set<UUID> refusedIds = refused.stream().map(Candidate::jobId).collect(Collectors.toSet());
    Map<UUID, Source> kept = new HashMap<>(before.jobs());
    kept.keySet().removeAll(accepted);
    kept.entrySet()
        .removeIf(job -> !refusedIds.contains(job.getKey()) && !isUnclear(job.getValue().path()));
    return kept;
  }

  /** A file that is there, with problems: nobody can tell what its author wants to be gone. */
  private boolean isUnclear(String path) {
    return tree.containsKey(path) && problems.containsKey(path);
  }

  private void note(ManifestProblem problem) {
    problems.computeIfAbsent(problem.path(), path -> new HashSet<>()).add(problem);
  }

  private Outcome outcome(Map<UUID, Source> kept) {
    Map<UUID, Source> inForce = new HashMap<>(kept);
    List<Candidate> accepted = accepted();
    accepted.forEach(job -> inForce.put(job.jobId(), job.source()));
    SortedMap<String, List<ManifestProblem>> sorted = new TreeMap<>();
    problems.forEach((path, found) -> sorted.put(path, found.stream().sorted(BY_PLACE).toList()));
    return new Outcome(new InForce(inForce), accepted, sorted);
  }
}
