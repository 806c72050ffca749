package io.crontopus.query.manifest;

/**
 * What is wrong in a manifest that is in Git.
 *
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 * @param field path of the field, as {@code spec.schedule[1]}
 */
public record ManifestError(int line, int column, String field, String message) {}
