package io.crontopus.command.git.observe;

import io.crontopus.manifest.FieldPlace;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ManifestSet;
import io.crontopus.manifest.ParsedManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What speaks against valid jobs when all of them are looked at together. */
final class CrossFileRules {
  private static final String EARLIER = " (its last good version)";

  private final Map<String, NavigableMap<Integer, Candidate>> byPlace = new HashMap<>();
  private final Map<Candidate, List<ManifestProblem>> objections = new HashMap<>();

  private CrossFileRules() {}

  /**
   * The jobs that cannot come into force. Of jobs that claim the same name or id, none can: which
   * one is meant is not for a machine to guess.
   *
   * @param kept jobs in earlier versions that are in force whatever is said here
   */
  static Map<Candidate, List<ManifestProblem>> objections(
      String tenantId, List<Candidate> judged, List<JobManifest> kept) {
    CrossFileRules rules = new CrossFileRules();
    List<JobManifest> earlier = kept.stream().map(CrossFileRules::marked).toList();
    rules.askTheSet(judged, earlier);
    rules.findRivals(tenantId, judged, earlier);
    return rules.objections;
  }

  private void askTheSet(List<Candidate> judged, List<JobManifest> earlier) {
    for (Candidate job : judged) {
      byPlace
          .computeIfAbsent(job.source().path(), path -> new TreeMap<>())
          .put(job.manifest().line(), job);
    }
    List<ParsedManifest> files = new ArrayList<>();
    byPlace.forEach((path, jobs) -> files.add(file(path, List.copyOf(jobs.values()))));
    earlier.forEach(job -> files.add(file(job.path(), job)));
    for (ManifestProblem problem : ManifestSet.check(files)) {
      NavigableMap<Integer, Candidate> file = byPlace.get(problem.path());
      Map.Entry<Integer, Candidate> job = file == null ? null : file.floorEntry(problem.line());
      if (job != null) {
        object(job.getValue(), problem);
      }
    }
  }

  private void findRivals(String tenantId, List<Candidate> judged, List<JobManifest> earlier) {
    Map<String, List<JobManifest>> claims = new HashMap<>();
    Stream.concat(judged.stream().map(Candidate::manifest), earlier.stream())
        .forEach(job -> keys(tenantId, job).forEach(key -> claim(claims, key, job)));
    for (Candidate job : judged) {
      keys(tenantId, job.manifest())
          .flatMap(key -> claims.getOrDefault(key, List.of()).stream())
          .filter(rival -> !job.isAt(rival))
          .findFirst()
          .filter(rival -> !objections.containsKey(job))
          .ifPresent(rival -> object(job, rivalry(job, rival)));
    }
  }

  private void object(Candidate job, ManifestProblem problem) {
    objections.computeIfAbsent(job, any -> new ArrayList<>()).add(problem);
  }

  private static ManifestProblem rivalry(Candidate job, JobManifest rival) {
    JobManifest manifest = job.manifest();
    boolean byName = manifest.qualifiedName().equals(rival.qualifiedName());
    String field = byName ? "metadata.name" : "metadata.id";
    FieldPlace place = job.place(field);
    return new ManifestProblem(
        manifest.path(),
        place.line(),
        place.column(),
        field,
        "the %s is also claimed by %s:%d; neither is taken until one is changed"
            .formatted(
                byName ? "name \"" + manifest.name() + "\"" : "id", rival.path(), rival.line()));
  }

  private static Stream<String> keys(String tenantId, JobManifest job) {
    return Stream.of(job.qualifiedName(), job.jobId(tenantId).toString());
  }

  private static void claim(Map<String, List<JobManifest>> claims, String key, JobManifest job) {
    claims.computeIfAbsent(key, any -> new ArrayList<>()).add(job);
  }

  /** The file's name says in messages which version is meant, and keeps the two apart. */
  private static JobManifest marked(JobManifest job) {
    return new JobManifest(
        job.namespace(),
        job.name(),
        job.id(),
        job.tenant(),
        job.labels(),
        job.annotations(),
        job.spec(),
        job.path() + EARLIER,
        job.line());
  }

  private static ParsedManifest file(String path, List<Candidate> jobs) {
    return new ParsedManifest(
        path,
        jobs.stream().map(Candidate::manifest).toList(),
        jobs.getFirst().file().places(),
        List.of());
  }

  private static ParsedManifest file(String path, JobManifest job) {
    return new ParsedManifest(path, List.of(job), List.of(), List.of());
  }
}
