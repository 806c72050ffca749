package io.crontopus.manifest;

/**
 * Where a field of a document stands.
 *
 * @param document {@link JobManifest#line()} of the document
 * @param field the field's path
 * @param line from 1
 * @param column from 1
 */
public record FieldPlace(int document, String field, int line, int column) {}
