package io.crontopus.manifest.read;

import io.crontopus.manifest.FieldPlace;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects what is wrong with one document, and where the fields are that others may judge. */
final class Problems {

  private static final int MOST_SHOWN = 200;

  private final String path;
  private final Map<String, Position> places = new LinkedHashMap<>();
  private final List<ManifestProblem> found = new ArrayList<>();
  private int count;

  Problems(String path) {
    this.path = path;
  }

  void add(Position at, String field, String message) {
    if (++count <= MOST_SHOWN) {
      found.add(new ManifestProblem(path, at.line(), at.column(), field, message));
    }
  }

  /** Remembers where a field stands, for checks that need other documents. */
  void remember(Value value) {
    places.put(value.field(), value.at());
  }

  List<FieldPlace> places(int document) {
    return places.entrySet().stream()
        .map(e -> new FieldPlace(document, e.getKey(), e.getValue().line(), e.getValue().column()))
        .toList();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The problems by place; a document that is all wrong is cut short. */
  List<ManifestProblem> inOrder() {
    List<ManifestProblem> ordered =
        found.stream()
            .sorted(
                Comparator.comparingInt(ManifestProblem::line)
                    .thenComparingInt(ManifestProblem::column))
            .collect(Collectors.toCollection(ArrayList::new));
    if (count > MOST_SHOWN) {
      ManifestProblem last = ordered.getLast();
      ordered.add(
          new ManifestProblem(
              path,
              last.line(),
              last.column(),
              "",
              "and %d more problems; correct these first".formatted(count - MOST_SHOWN)));
    }
    return ordered;
  }
}
