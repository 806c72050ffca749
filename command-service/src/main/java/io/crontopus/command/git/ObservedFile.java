package io.crontopus.command.git;

import io.crontopus.manifest.ManifestProblem;
import java.util.List;

/**
 * A manifest file that a push changed, or whose meaning it changed: a problem across files can come
 * or go with a change to another file.
 *
 * @param path relative to the repository's root
 * @param change what happened to the file itself; {@code MODIFIED} also where only its meaning did
 * @param jobs the jobs that this file defines with this push; a job with a problem is not among
 *     them: its last good definition stays in force
 * @param problems everything that is wrong with the file now
 */
public record ObservedFile(
    String path, Change change, List<ObservedJob> jobs, List<ManifestProblem> problems) {
  public ObservedFile {
    jobs = List.copyOf(jobs);
    problems = List.copyOf(problems);
  }
}
