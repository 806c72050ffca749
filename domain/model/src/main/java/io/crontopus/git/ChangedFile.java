package io.crontopus.git;

import java.util.List;

/**
 * A manifest file that a push changed.
 *
 * @param change {@code added}, {@code modified} or {@code removed}
 * @param jobs ids of the jobs it defines now
 * @param problems what is wrong in it; empty when it is valid
 */
public record ChangedFile(String path, String change, List<String> jobs, List<Problem> problems) {

  /** An error of a manifest, with its place: line and column count from 1, 0 when unknown. */
  public record Problem(int line, int column, String field, String message) {}
}
