package io.crontopus.manifest;

/** Where the value of an environment variable comes from. */
public sealed interface EnvValue {

  /** The text in the manifest, as it is: {@code $} and {@code %} mean nothing here. */
  record Literal(String value) implements EnvValue {}

  /**
   * The content of a file on the machine, read when the run starts, without its last line break.
   *
   * @param path absolute path
   */
  record FromFile(String path) implements EnvValue {}
}
