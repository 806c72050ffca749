package io.crontopus.manifest.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps, lists and values of a JSON parser as a tree without positions. */
public final class PlainTree {

  private PlainTree() {}

  /**
   * The tree of a plain value.
   *
   * @throws IllegalArgumentException for an object that is none of map, list, string, number,
   *     boolean and null
   */
  public static YamlNode of(@Nullable Object value) {
    return switch (value) {
      case null -> scalar("null", YamlScalar.Type.NULL);
      case Map<?, ?> map ->
          new YamlMap(
              map.entrySet().stream()
                  .map(e -> new YamlMap.Entry(of(e.getKey()), of(e.getValue())))
                  .collect(Collectors.toList()),
              Position.NONE);
      case List<?> list -> new YamlList(list.stream().map(PlainTree::of).toList(), Position.NONE);
      case String text -> scalar(text, YamlScalar.Type.STRING);
      case Boolean bool -> scalar(bool.toString(), YamlScalar.Type.BOOLEAN);
      case Integer number -> scalar(number.toString(), YamlScalar.Type.INTEGER);
      case Long number -> scalar(number.toString(), YamlScalar.Type.INTEGER);
      case java.math.BigInteger number -> scalar(number.toString(), YamlScalar.Type.INTEGER);
      case Number number -> scalar(number.toString(), YamlScalar.Type.FLOAT);
      default -> throw new IllegalArgumentException("no plain value: " + value.getClass());
    };
  }

  private static YamlScalar scalar(String text, YamlScalar.Type type) {
    return new YamlScalar(text, type, Position.NONE, -1);
  }
}
