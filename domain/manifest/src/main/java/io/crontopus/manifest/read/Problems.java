package io.crontopus.manifest.read;

import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one document. */
final class Problems {

  private final String path;
  private final List<ManifestProblem> found = new ArrayList<>();

  Problems(String path) {
    this.path = path;
  }

  void add(Position at, String field, String message) {
    found.add(new ManifestProblem(path, at.line(), at.column(), field, message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<ManifestProblem> inOrder() {
    return found.stream()
        .sorted(
            Comparator.comparingInt(ManifestProblem::line)
                .thenComparingInt(ManifestProblem::column))
        .toList();
  }
}
