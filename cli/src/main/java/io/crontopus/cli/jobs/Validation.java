package io.crontopus.cli.jobs;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.jobs.Repository.Extent;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ManifestSet;
import io.crontopus.manifest.ParsedManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is right and wrong with some manifests. */
record Validation(int files, List<JobManifest> jobs, List<ManifestProblem> problems) {

  private static final Comparator<ManifestProblem> BY_PLACE =
      Comparator.comparing(ManifestProblem::path)
          .thenComparingInt(ManifestProblem::line)
          .thenComparingInt(ManifestProblem::column);

  static Validation of(List<ManifestFile> files) {
    Map<Repository, List<ManifestFile>> byRepository =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    ManifestFile::repository, LinkedHashMap::new, Collectors.toList()));
    var jobs = new ArrayList<JobManifest>();
    var problems = new ArrayList<ManifestProblem>();
    int count = 0;
    for (var repository : byRepository.entrySet()) {
      Validation part = of(repository.getKey(), repository.getValue());
      count += part.files;
      jobs.addAll(part.jobs);
      problems.addAll(part.problems);
    }
    return new Validation(count, jobs, problems);
  }

  private static Validation of(Repository repository, List<ManifestFile> files) {
    Map<String, String> shownAs = new HashMap<>();
    Map<String, ParsedManifest> manifests = new LinkedHashMap<>();
    for (ManifestFile file : files) {
      shownAs.putIfAbsent(file.path(), file.shownAs());
      manifests.putIfAbsent(file.path(), file.manifest());
    }
    var problems = new ArrayList<ManifestProblem>();
    manifests.values().forEach(manifest -> problems.addAll(manifest.problems()));
    problems.addAll(acrossFiles(repository, manifests));
    return new Validation(
        manifests.size(),
        manifests.values().stream().flatMap(manifest -> manifest.jobs().stream()).toList(),
        problems.stream().map(problem -> shown(problem, shownAs)).sorted(BY_PLACE).toList());
  }

  /** What is wrong with these files in view of each other, and of the rest of the repository. */
  private static List<ManifestProblem> acrossFiles(
      Repository repository, Map<String, ParsedManifest> asked) {
    if (repository.extent() == Extent.UNKNOWN) {
      return List.of();
    }
    Map<String, ParsedManifest> all = new LinkedHashMap<>(asked);
    if (repository.extent() == Extent.WHOLE) {
      for (ManifestFile file : ManifestFiles.all(repository)) {
        all.putIfAbsent(file.path(), file.manifest());
      }
    }
    return ManifestSet.check(all.values()).stream()
        .filter(problem -> asked.containsKey(problem.path()))
        .toList();
  }

  private static ManifestProblem shown(ManifestProblem problem, Map<String, String> shownAs) {
    return new ManifestProblem(
        shownAs.getOrDefault(problem.path(), problem.path()),
        problem.line(),
        problem.column(),
        problem.field(),
        problem.message());
  }

  boolean isValid() {
    return problems.isEmpty();
  }

  String summary() {
    String checked = counted(files, "file") + ", " + counted(jobs.size(), "valid job") + ": ";
    return checked + (isValid() ? "no problems." : counted(problems.size(), "problem") + ".");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  JsonNode toJson() {
    ObjectNode json = Json.object().put("valid", isValid());
    ArrayNode list = json.putArray("jobs");
    for (JobManifest job : jobs) {
      list.addObject()
          .put("namespace", job.namespace())
          .put("name", job.name())
          .put("path", job.path())
          .put("line", job.line());
    }
    ArrayNode errors = json.putArray("errors");
    for (ManifestProblem problem : problems) {
      errors
          .addObject()
          .put("path", problem.path())
          .put("line", problem.line())
          .put("column", problem.column())
          .put("field", problem.field())
          .put("message", problem.message());
    }
    return json;
  }
}
