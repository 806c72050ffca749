package io.crontopus.manifest.read;

import io.crontopus.manifest.EndpointSelector;
import io.crontopus.manifest.MatchExpression;
import io.crontopus.manifest.MatchExpression.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code spec.agent.selector}. */
final class SelectorReader {

  private static final List<String> OPERATORS =
      Arrays.stream(Operator.values()).map(Operator::text).toList();

  private SelectorReader() {}

  static EndpointSelector read(Fields agent) {
    EndpointSelector selector =
        agent.mapping("selector").map(SelectorReader::selector).orElse(EndpointSelector.ALL);
    agent.end();
    return selector;
  }

  private static EndpointSelector selector(Fields fields) {
    List<MatchExpression> expressions =
        fields.take("matchExpressions", Value::items).orElse(List.of()).stream()
            .flatMap(item -> item.fields().flatMap(SelectorReader::expression).stream())
            .toList();
    Map<String, String> labels =
        fields.takeRest(TextRule.LABEL_KEY, value -> value.text(TextRule.LABEL_VALUE));
    return new EndpointSelector(labels, expressions);
  }

  private static Optional<MatchExpression> expression(Fields fields) {
    Optional<String> key =
        fields.require("key", "role").flatMap(value -> value.text(TextRule.LABEL_KEY));
    Optional<Operator> operator =
        fields
            .require("operator", "In")
            .flatMap(value -> value.word(OPERATORS))
            .flatMap(SelectorReader::operator);
    Optional<Value> valuesField = fields.take("values");
    List<String> values =
        valuesField.map(value -> value.texts(TextRule.LABEL_VALUE)).orElse(List.of());
    operator.ifPresent(o -> checkValues(fields, o, valuesField));
    fields.end();
    return key.isPresent() && operator.isPresent()
        ? Optional.of(new MatchExpression(key.get(), operator.get(), values))
        : Optional.empty();
  }

  private static Optional<Operator> operator(String word) {
    return Arrays.stream(Operator.values()).filter(o -> o.text().equals(word)).findFirst();
  }

  private static void checkValues(Fields fields, Operator operator, Optional<Value> values) {
    boolean some = values.isPresent() && !values.get().isEmptyList();
    if (operator.takesValues() && !some) {
      fields.problem("%s needs values; write values: [a, b]".formatted(operator.text()));
    } else if (!operator.takesValues() && some) {
      values.get().problem("%s takes no values; remove them".formatted(operator.text()));
    }
  }
}
