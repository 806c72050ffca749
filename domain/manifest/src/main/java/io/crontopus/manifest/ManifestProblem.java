package io.crontopus.manifest;

/**
 * What is wrong with a manifest, and where.
 *
 * @param path the file
 * @param line from 1
 * @param column from 1, in characters
 * @param field path of the field, as {@code spec.schedule[1]}; empty when it is about the document
 * @param message what is wrong and what would be right
 */
public record ManifestProblem(String path, int line, int column, String field, String message) {

  /** {@code path:line:column: field: message}, as compilers write it. */
  @Override
  public String toString() {
    return path
        + ":"
        + line
        + ":"
        + column
        + ": "
        + (field.isEmpty() ? "" : field + ": ")
        + message;
  }
}
