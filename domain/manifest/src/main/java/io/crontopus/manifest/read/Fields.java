package io.crontopus.manifest.read;

import io.crontopus.manifest.yaml.Position;
import io.crontopus.manifest.yaml.YamlMap;
import io.crontopus.manifest.yaml.YamlNode;
import io.crontopus.manifest.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a mapping. Each is taken by name; whatever nobody has asked for at the {@link #end}
 * is unknown.
 */
final class Fields {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private static final int LONGEST_KEY = 128;

  private record Field(YamlScalar key, YamlNode value) {}

  private final YamlMap map;
  private final String path;
  private final Problems problems;
  private final Map<String, Field> byName = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Fields(YamlMap map, String path, Problems problems) {
    this.map = map;
    this.path = path;
    this.problems = problems;
    map.entries().forEach(this::add);
  }

  private void add(YamlMap.Entry entry) {
    if (!(entry.key() instanceof YamlScalar key)) {
      problems.add(entry.key().at(), path, "a key must be text, not " + entry.key().describe());
      return;
    }
    @Nullable Field first = byName.putIfAbsent(key.text(), new Field(key, entry.value()));
    if (first != null) {
      String where =
          key.at().line() == 0 ? "" : "; it is in line %d".formatted(first.key.at().line());
      problems.add(key.at(), pathOf(key.text()), "is there twice" + where + " already");
    }
  }

  Position at() {
    return map.at();
  }

  String path() {
    return path;
  }

  private String pathOf(String name) {
    if (!PLAIN_KEY.matcher(name).matches() || name.length() > LONGEST_KEY) {
      return path + "[\"" + YamlScalar.shorten(name) + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A problem with the mapping as a whole. */
  void problem(String message) {
    problems.add(map.at(), path, message);
  }

  /** A field that may be missing. */
  Optional<Value> take(String name) {
    known.add(name);
    return Optional.ofNullable(byName.get(name))
        .map(field -> new Value(field.value(), pathOf(name), problems));
  }

  /** A field that must be there. */
  Optional<Value> require(String name, String example) {
    Optional<Value> value = take(name);
    if (value.isEmpty()) {
      problems.add(map.at(), pathOf(name), "is missing; write " + name + ": " + example);
    }
    return value;
  }

  <T> Optional<T> take(String name, Function<Value, Optional<T>> read) {
    return take(name).flatMap(read);
  }

  boolean flag(String name, boolean absent) {
    return take(name, Value::flag).orElse(absent);
  }

  /** One of an enum's words: its names in lower case, with '-' for '_'. */
  <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return take(name, value -> Words.read(value, type));
  }

  /** The fields of a mapping that may be missing. */
  Optional<Fields> mapping(String name) {
    return take(name, Value::fields);
  }

  /** Takes every field that nobody has taken; sorted by name. */
  <T> Map<String, T> takeRest(TextRule names, Function<Value, Optional<T>> read) {
    Map<String, T> values = new TreeMap<>();
    for (Map.Entry<String, Field> entry : byName.entrySet()) {
      String name = entry.getKey();
      if (known.add(name) && isText(entry.getValue().key(), name)) {
        names
            .problemWith(name)
            .ifPresent(problem -> problems.add(entry.getValue().key().at(), path, problem));
        read.apply(new Value(entry.getValue().value(), pathOf(name), problems))
            .ifPresent(value -> values.put(name, value));
      }
    }
    return values;
  }

  private boolean isText(YamlScalar key, String name) {
    boolean text = key.type() == YamlScalar.Type.STRING;
    if (!text) {
      problems.add(
          key.at(),
          path,
          "a key must be text; quote it: \"%s\", not %s".formatted(name, key.describe()));
    }
    return text;
  }

  /** Reports the fields that nobody has asked for. */
  void end() {
    byName.values().stream()
        .map(Field::key)
        .filter(key -> !known.contains(key.text()))
        .forEach(key -> problems.add(key.at(), pathOf(key.text()), unknown(key.text())));
  }

  private String unknown(String name) {
    if (name.equals("<<")) {
      return "YAML 1.2 has no merge key; write the fields out";
    }
    return "unknown field; "
        + NearestName.of(name, known)
            .map(near -> "did you mean \"%s\"?".formatted(near))
            .orElseGet(() -> "known here: " + String.join(", ", known));
  }
}
