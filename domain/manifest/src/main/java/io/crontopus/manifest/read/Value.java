package io.crontopus.manifest.read;

import io.crontopus.manifest.yaml.Position;
import io.crontopus.manifest.yaml.YamlList;
import io.crontopus.manifest.yaml.YamlMap;
import io.crontopus.manifest.yaml.YamlNode;
import io.crontopus.manifest.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A value with its field's path. Reading it as something that it is not adds a problem and gives
 * nothing.
 */
record Value(YamlNode node, String field, Problems problems) {

  Position at() {
    return node.at();
  }

  void problem(String message) {
    problems.add(at(), field, message);
  }

  /** Remembers the place, for checks that need other documents. */
  Value remembered() {
    problems.remember(this);
    return this;
  }

  /** A problem with one character of the text. */
  void problem(int index, String message) {
    problems.add(node instanceof YamlScalar scalar ? scalar.at(index) : at(), field, message);
  }

  private <T> Optional<T> mustBe(String expected) {
    problem("must be " + expected + " not " + node.describe());
    return Optional.empty();
  }

  /** Any text, also an empty one. */
  Optional<String> text() {
    if (!(node instanceof YamlScalar scalar)) {
      return mustBe("text,");
    }
    return switch (scalar.type()) {
      case STRING -> Optional.of(scalar.text()).filter(this::isStorable);
      case NULL -> {
        problem("has no value; give it one, or remove the field");
        yield Optional.empty();
      }
      case INTEGER, FLOAT, BOOLEAN ->
          mustBe("text; quote it: \"%s\"; as it stands it is".formatted(scalar.shown()), scalar);
    };
  }

  private <T> Optional<T> mustBe(String expected, YamlScalar scalar) {
    problem("must be " + expected + " " + scalar.describe());
    return Optional.empty();
  }

  /** Escapes can make what neither a command line nor a database can hold. */
  private boolean isStorable(String text) {
    if (text.indexOf('\0') >= 0) {
      problem("must not contain a NUL character");
      return false;
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      problem("must not contain half of a surrogate pair; write the whole character");
      return false;
    }
    return true;
  }

  /** Text that keeps a rule. */
  Optional<String> text(TextRule rule) {
    Optional<String> text = text();
    Optional<String> broken = text.flatMap(rule::problemWith);
    broken.ifPresent(this::problem);
    return broken.isPresent() ? Optional.empty() : text;
  }

  Optional<Boolean> flag() {
    if (node instanceof YamlScalar scalar) {
      if (scalar.type() == YamlScalar.Type.BOOLEAN) {
        return Optional.of(scalar.text().equalsIgnoreCase("true"));
      }
      switch (scalar.text().toLowerCase(Locale.ROOT)) {
        case "yes", "on", "true", "1" -> {
          return mustBe("true or false; write true without quotes;");
        }
        case "no", "off", "false", "0" -> {
          return mustBe("true or false; write false without quotes;");
        }
        default -> {}
      }
    }
    return mustBe("true or false,");
  }

  Optional<Integer> integer(int min, int max) {
    String expected = "a whole number from %d to %d,".formatted(min, max);
    if (!(node instanceof YamlScalar scalar) || scalar.type() != YamlScalar.Type.INTEGER) {
      return mustBe(expected);
    }
    Optional<Long> number = Numbers.integer(scalar.text()).filter(n -> n >= min && n <= max);
    return number.isPresent() ? number.map(Long::intValue) : mustBe(expected);
  }

  /** One of a few words. */
  Optional<String> word(Collection<String> words) {
    if (node instanceof YamlScalar scalar && words.contains(scalar.text())) {
      return Optional.of(scalar.text());
    }
    problem(
        "must be "
            + (words.size() == 1 ? "" : "one of ")
            + String.join(", ", words)
            + ", not "
            + node.describe()
            + nearest(words));
    return Optional.empty();
  }

  private String nearest(Collection<String> words) {
    return node instanceof YamlScalar scalar && words.size() > 1
        ? NearestName.of(scalar.text(), words).map("; did you mean \"%s\"?"::formatted).orElse("")
        : "";
  }

  /** The items of a list. */
  Optional<List<Value>> items() {
    if (!(node instanceof YamlList list)) {
      String hint =
          node instanceof YamlScalar scalar && scalar.type() != YamlScalar.Type.NULL
              ? "a list: [%s];".formatted(scalar.shown())
              : "a list,";
      problem("must be " + hint + " not " + node.describe());
      return Optional.empty();
    }
    List<Value> items = new ArrayList<>();
    for (YamlNode item : list.items()) {
      items.add(new Value(item, field + "[" + items.size() + "]", problems));
    }
    return Optional.of(items);
  }

  boolean isEmptyList() {
    return node instanceof YamlList list && list.items().isEmpty();
  }

  /** A list of texts; the good ones among them where others are not. */
  List<String> texts(TextRule rule) {
    return items().orElse(List.of()).stream().flatMap(item -> item.text(rule).stream()).toList();
  }

  /** The fields of a mapping. */
  Optional<Fields> fields() {
    return node instanceof YamlMap map
        ? Optional.of(new Fields(map, field, problems))
        : mustBe("a mapping,");
  }
}
