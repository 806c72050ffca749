package io.crontopus.agent.desired;

import io.crontopus.agent.wrapper.Support;
import io.crontopus.manifest.JobId;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ParsedManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Picks what is for this endpoint.
 *
 * @param tenantId the tenant, of which job ids are made
 * @param hostname for selectors
 * @param platform for selectors
 * @param labels for selectors
 * @param support what can be done here
 */
public record Selection(
    String tenantId,
    String hostname,
    String platform,
    Map<String, String> labels,
    Support support) {

  /** Jobs that were found on machines: shown, never touched. */
  private static final String DISCOVERED = "discovered";

  public Selection {
    labels = Map.copyOf(labels);
  }

  Picked begin() {
    return new Picked();
  }

  /** What was picked so far. */
  final class Picked {

    private final Map<String, DesiredJob> jobs = new TreeMap<>();
    private final Map<String, String> pathById = new HashMap<>();
    private final Set<String> errorIds = new HashSet<>();
    private final List<ManifestError> errors = new ArrayList<>();

    /**
     * Adds a file.
     *
     * @param good the file's last good version, when the newest is not
     */
    void add(ParsedManifest file, Optional<ParsedManifest> good) {
      if (namespaceOf(file.path()).equals(DISCOVERED)) {
        return;
      }
      file.jobs().forEach(job -> add(job, Optional.empty()));
      if (file.isValid()) {
        return;
      }
      String message = message(file.problems());
      Set<String> newest = new HashSet<>();
      file.jobs().forEach(job -> newest.add(job.qualifiedName()));
      List<JobManifest> older =
          good.map(ParsedManifest::jobs).orElse(List.of()).stream()
              .filter(job -> !newest.contains(job.qualifiedName()))
              .toList();
      older.forEach(job -> add(job, Optional.of(message)));
      if (older.isEmpty()) {
        error(namespaceOf(file.path()), nameOf(file.path()), file.path(), message);
      }
    }

    private void add(JobManifest job, Optional<String> error) {
      if (!job.spec().enabled() || !job.spec().selector().matches(hostname, platform, labels)) {
        return;
      }
      String place = job.path() + ":" + Math.max(1, job.line()) + ":1: ";
      String id = job.jobId(tenantId).toString();
      Optional<String> refusal = support.refusal(job.spec());
      @Nullable String taken = pathById.get(id);
      if (taken != null || jobs.containsKey(job.qualifiedName())) {
        error(
            job,
            place
                + "the job's id or name is that of another job"
                + (taken == null ? "" : ", in " + taken));
      } else if (refusal.isPresent()) {
        error(job, place + refusal.get());
      } else {
        pathById.put(id, job.path());
        jobs.put(job.qualifiedName(), new DesiredJob(id, job, error, support.notices(job.spec())));
      }
    }

    private void error(JobManifest job, String message) {
      ManifestError error =
          new ManifestError(
              job.jobId(tenantId).toString(), job.namespace(), job.name(), job.path(), message);
      if (errorIds.add(error.id())) {
        errors.add(error);
      }
    }

    private void error(String namespace, String name, String path, String message) {
      String id = JobId.of(tenantId, namespace, name).toString();
      if (errorIds.add(id)) {
        errors.add(new ManifestError(id, namespace, name, path, message));
      }
    }

    DesiredState state(String commit) {
      Set<String> running = new HashSet<>();
      jobs.values().forEach(job -> running.add(job.id()));
      return new DesiredState(
          commit,
          List.copyOf(jobs.values()),
          errors.stream().filter(error -> !running.contains(error.id())).toList());
    }
  }

  private static String message(List<ManifestProblem> problems) {
    String first = problems.getFirst().toString();
    return problems.size() == 1 ? first : first + " (and " + (problems.size() - 1) + " more)";
  }

  private static String namespaceOf(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? "default" : path.substring(0, slash);
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "");
  }
}
