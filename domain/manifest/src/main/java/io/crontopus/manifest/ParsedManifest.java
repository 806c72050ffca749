package io.crontopus.manifest;

import java.util.List;

/**
 * What a file holds.
 *
 * @param path the file
 * @param jobs the valid documents, in order
 * @param problems everything that is wrong with the others, by line
 */
public record ParsedManifest(String path, List<JobManifest> jobs, List<ManifestProblem> problems) {

  public ParsedManifest {
    jobs = List.copyOf(jobs);
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong; a file without documents is valid. */
  public boolean isValid() {
    return problems.isEmpty();
  }
}
