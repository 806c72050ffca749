package io.crontopus.manifest.yaml;

/** A value in a document, with the place where it starts. */
public sealed interface YamlNode permits YamlScalar, YamlList, YamlMap {

  Position at();

  /** What it is, in words that fit into a message: "a list", "the number 5". */
  String describe();
}
