package io.crontopus.manifest.yaml;

import java.util.List;

/** A sequence. */
public record YamlList(List<YamlNode> items, Position at) implements YamlNode {

  public YamlList {
    items = List.copyOf(items);
  }

  @Override
  public String describe() {
    return "a list";
  }
}
