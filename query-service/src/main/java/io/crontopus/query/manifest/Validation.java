package io.crontopus.query.manifest;

import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ParsedManifest;
import java.util.List;
import java.util.Map;

/**
 * What a manifest would be.
 *
 * @param valid whether nothing is wrong
 * @param jobs the canonical definitions of the documents that are valid
 * @param errors everything that is wrong, by line
 */
public record Validation(
    boolean valid, List<Map<String, Object>> jobs, List<ManifestProblem> errors) {

  static Validation of(ParsedManifest manifest) {
    return new Validation(
        manifest.isValid(),
        manifest.jobs().stream().map(JobManifest::toTree).toList(),
        manifest.problems());
  }
}
