package io.crontopus.manifest;

import java.util.List;

/**
 * What a file holds.
 *
 * @param path the file
 * @param jobs the valid documents, in order
 * @param places where the fields stand that are judged together with other files
 * @param problems everything that is wrong with the others, by line
 */
public record ParsedManifest(
    String path, List<JobManifest> jobs, List<FieldPlace> places, List<ManifestProblem> problems) {

  public ParsedManifest {
    jobs = List.copyOf(jobs);
    places = List.copyOf(places);
    problems = List.copyOf(problems);
  }

  /** The place of a document's field; the document's start when the field has none. */
  FieldPlace place(int document, String field) {
    return places.stream()
        .filter(place -> place.document() == document && place.field().equals(field))
        .findFirst()
        .orElse(new FieldPlace(document, field, document, 1));
  }

  /** Whether nothing is wrong; a file without documents is valid. */
  public boolean isValid() {
    return problems.isEmpty();
  }
}
