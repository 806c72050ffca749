package io.crontopus.agent.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of the file, read option by option; whatever nobody asked for is a problem. */
final class ConfigSection {

  private final String prefix;
  private final int line;
  private final Map<String, Node> values;
  private final Map<String, Integer> lines;
  private final ConfigProblems problems;
  private final Set<String> known = new LinkedHashSet<>();

  private ConfigSection(
      String prefix,
      int line,
      Map<String, Node> values,
      Map<String, Integer> lines,
      ConfigProblems problems) {
    this.prefix = prefix;
    this.line = line;
    this.values = values;
    this.lines = lines;
    this.problems = problems;
  }

  static ConfigSection compose(String yaml, ConfigProblems problems) {
    try {
      Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
      return of("", root.orElse(null), 1, problems);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(line, "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(1, "not YAML: " + e.getMessage());
    }
    problems.throwIfAny();
    throw new IllegalStateException("a problem was added");
  }

  private static ConfigSection of(
      String prefix, @Nullable Node node, int line, ConfigProblems problems) {
    Map<String, Node> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        lines.put(key, lineOf(tuple.getKeyNode()));
        if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
          problems.add(lineOf(tuple.getKeyNode()), prefix + key + ": given twice");
        }
      }
    } else if (node != null && !isNull(node)) {
      problems.add(
          line, prefix.isEmpty() ? "options are expected" : prefix + " options are expected");
    }
    return new ConfigSection(prefix, line, values, lines, problems);
  }

  ConfigSection section(String key) {
    return of(prefix + key + ".", take(key), lineOf(key), problems);
  }

  Optional<String> text(String key) {
    @Nullable Node node = take(key);
    if (node == null || isNull(node)) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    wrong(key, "a text is expected");
    return Optional.empty();
  }

  Map<String, String> texts(String key) {
    ConfigSection section = section(key);
    Map<String, String> texts = new TreeMap<>();
    section.values.keySet().forEach(k -> section.text(k).ifPresent(v -> texts.put(k, v)));
    return texts;
  }

  long number(String key, long otherwise, long min, long max) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text.get().strip().replace("_", ""));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    String limits = max == Long.MAX_VALUE ? "at least " + min : "from " + min + " to " + max;
    wrong(key, "\"" + text.get() + "\" where a whole number " + limits + " is expected");
    return otherwise;
  }

  /** A time in seconds, with a fraction if need be. */
  Duration seconds(String key, Duration otherwise, long min, long max) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text.get().strip());
      if (value >= min && value <= max) {
        return Duration.ofMillis(Math.round(value * 1000));
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    wrong(key, "\"%s\" where seconds from %d to %d are expected".formatted(text.get(), min, max));
    return otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        wrong(key, "\"" + text.get() + "\" where true or false is expected");
        yield otherwise;
      }
    };
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E value : type.getEnumConstants()) {
      if (spelled(value).equals(text.get())) {
        return value;
      }
    }
    String choices =
        Arrays.stream(type.getEnumConstants())
            .map(ConfigSection::spelled)
            .collect(Collectors.joining(", "));
    wrong(key, "\"" + text.get() + "\" is none of " + choices);
    return otherwise;
  }

  /** Regular expressions. */
  List<String> patterns(String key) {
    @Nullable Node node = take(key);
    if (node == null || isNull(node)) {
      return List.of();
    }
    List<String> patterns = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        try {
          String pattern = item instanceof ScalarNode scalar ? scalar.getValue() : "[";
          patterns.add(Pattern.compile(pattern).pattern());
        } catch (PatternSyntaxException e) {
          problems.add(
              lineOf(item), prefix + key + ": not a regular expression: " + e.getDescription());
        }
      }
    } else {
      wrong(key, "a list of regular expressions is expected");
    }
    return patterns;
  }

  void wrong(String key, String problem) {
    problems.add(lineOf(key), prefix + key + ": " + problem);
  }

  void missing(String key, String what) {
    problems.add(line, prefix + key + " is missing: " + what);
  }

  /** To be called when every option was asked for. */
  void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String hint =
            NearestOption.of(key, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known));
        wrong(key, "unknown option; " + hint);
      }
    }
  }

  static String spelled(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable Node take(String key) {
    known.add(key);
    return values.get(key);
  }

  private int lineOf(String key) {
    @Nullable Integer found = lines.get(key);
    return found == null ? line : found;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
