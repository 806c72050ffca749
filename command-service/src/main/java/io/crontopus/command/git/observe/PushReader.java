package io.crontopus.command.git.observe;

import io.crontopus.command.git.Change;
import io.crontopus.command.git.CommitSummary;
import io.crontopus.command.git.ObservedFile;
import io.crontopus.command.git.ObservedJob;
import io.crontopus.command.git.ObservedPush;
import io.crontopus.command.git.observe.InForce.Source;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Reads from a repository what a step of main did to the jobs. */
final class PushReader {
  private final ManifestFiles files;
  private final String tenantId;
  private final Repository repository;

  PushReader(ManifestFiles files, String tenantId, Repository repository) {
    this.files = files;
    this.tenantId = tenantId;
    this.repository = repository;
  }

  /** A step, and what is in force after it. */
  record Reading(ObservedPush push, InForce inForce) {}

  private record Side(SortedMap<String, ManifestFiles.Version> tree, Evaluation.Outcome outcome) {}

  Reading read(Step step, InForce before) throws IOException {
    Side old = side(step.from(), before);
    Side now = side(step.to(), before);
    MainHistory history = new MainHistory(repository);
    CommitSummary head = history.commit(step.to());
    Set<UUID> removed = new HashSet<>(before.jobs().keySet());
    removed.removeAll(now.outcome().inForce().jobs().keySet());
    ObservedPush push =
        new ObservedPush(
            tenantId,
            head.commit(),
            step.from() == null ? null : step.from().name(),
            head.authorName(),
            head.authorEmail(),
            head.message(),
            head.committedAt(),
            step.actor(),
            step.at(),
            history.commits(step),
            observedFiles(old, now, before),
            removed);
    return new Reading(push, now.outcome().inForce());
  }

  private Side side(@Nullable ObjectId commit, InForce before) throws IOException {
    SortedMap<String, ManifestFiles.Version> tree = files.of(tenantId, repository, commit);
    return new Side(tree, Evaluation.of(tenantId, tree, before, this::earlier));
  }

  private List<ObservedFile> observedFiles(Side old, Side now, InForce before) {
    Map<String, List<Candidate>> accepted =
        now.outcome().accepted().stream()
            .collect(Collectors.groupingBy(job -> job.source().path()));
    Set<String> paths = new TreeSet<>(old.tree().keySet());
    paths.addAll(now.tree().keySet());
    List<ObservedFile> observed = new ArrayList<>();
    for (String path : paths) {
      List<Candidate> jobs = accepted.getOrDefault(path, List.of());
      List<ManifestProblem> problems = problems(now, path);
      boolean otherMeaning =
          !problems.equals(problems(old, path))
              || jobs.stream()
                  .anyMatch(job -> !job.source().equals(before.jobs().get(job.jobId())));
      change(old.tree().get(path), now.tree().get(path), otherMeaning)
          .map(change -> new ObservedFile(path, change, observed(jobs), problems))
          .ifPresent(observed::add);
    }
    return observed;
  }

  private static Optional<Change> change(
      ManifestFiles.@Nullable Version old,
      ManifestFiles.@Nullable Version now,
      boolean otherMeaning) {
    if (now == null) {
      return Optional.of(Change.REMOVED);
    } else if (old == null) {
      return Optional.of(Change.ADDED);
    } else if (!old.blob().equals(now.blob()) || otherMeaning) {
      return Optional.of(Change.MODIFIED);
    }
    return Optional.empty();
  }

  private static List<ManifestProblem> problems(Side side, String path) {
    return side.outcome().problems().getOrDefault(path, List.of());
  }

  private static List<ObservedJob> observed(List<Candidate> jobs) {
    return jobs.stream().map(job -> new ObservedJob(job.jobId(), job.manifest())).toList();
  }

  private List<JobManifest> earlier(Map<UUID, Source> jobs) {
    List<JobManifest> found = new ArrayList<>();
    try (ObjectReader reader = repository.newObjectReader()) {
      for (Map.Entry<UUID, Source> job : jobs.entrySet()) {
        Source source = job.getValue();
        files.read(tenantId, source.path(), source.blob(), reader).jobs().stream()
            .filter(manifest -> manifest.jobId(tenantId).equals(job.getKey()))
            .forEach(found::add);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
