package io.crontopus.manifest.yaml;

/** How much a file may ask of its reader. */
final class YamlLimits {

  static final int DOCUMENT_BYTES = 1 << 20;
  static final int DEPTH = 32;

  /** Values in a document with every alias written out. */
  static final int NODES = 100_000;

  private YamlLimits() {}
}
