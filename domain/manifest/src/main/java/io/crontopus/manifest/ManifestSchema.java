package io.crontopus.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema (2020-12) of manifests, for editors and other tools. */
public final class ManifestSchema {

  private static final String RESOURCE = "job.schema.json";

  private ManifestSchema() {}

  /** The schema's text. */
  public static String json() {
    try (InputStream in =
        Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
