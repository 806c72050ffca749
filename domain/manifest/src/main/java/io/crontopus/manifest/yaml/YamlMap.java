package io.crontopus.manifest.yaml;

import java.util.List;

/** A mapping, in the order it was written. Keys may repeat: that is for the reader to judge. */
public record YamlMap(List<Entry> entries, Position at) implements YamlNode {

  public YamlMap {
    entries = List.copyOf(entries);
  }

  /** A key with its value. */
  public record Entry(YamlNode key, YamlNode value) {}

  @Override
  public String describe() {
    return "a mapping";
  }
}
