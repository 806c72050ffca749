package io.crontopus.manifest;

import io.crontopus.manifest.read.FileReader;
import java.util.Locale;
import java.util.Optional;

/** Reads manifest files. Pure: no clock, no files, no network; safe for any number of threads. */
public final class ManifestParser {

  private ManifestParser() {}

  /** {@link #parse(String, byte[], Optional)} for whatever tenant. */
  public static ParsedManifest parse(String path, byte[] content) {
    return parse(path, content, Optional.empty());
  }

  /**
   * Reads a file. Never throws for what is in it: everything wrong is a problem with a position,
   * and valid documents are returned even when others are not.
   *
   * @param path relative to the repository's root, with {@code /}; its first directory is the
   *     namespace
   * @param content UTF-8
   * @param tenant the repository's tenant, which {@code metadata.tenant} must name if it is there
   */
  public static ParsedManifest parse(String path, byte[] content, Optional<String> tenant) {
    return FileReader.read(path, content, tenant);
  }

  /**
   * Whether a file of a repository is taken for a manifest: {@code *.yaml} or {@code *.yml}, and no
   * part of the path starts with a dot.
   */
  public static boolean isManifest(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return (lower.endsWith(".yaml") || lower.endsWith(".yml"))
        && !path.startsWith(".")
        && !path.contains("/.");
  }
}
