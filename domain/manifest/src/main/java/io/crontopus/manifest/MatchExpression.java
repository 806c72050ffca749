package io.crontopus.manifest;

import java.util.List;
import java.util.Optional;

/**
 * One condition on an endpoint's hostname, platform or label.
 *
 * @param key {@code hostname}, {@code platform} or a label's name
 * @param operator the condition
 * @param values what the value is compared with; empty for {@link Operator#EXISTS} and {@link
 *     Operator#DOES_NOT_EXIST}
 */
public record MatchExpression(String key, Operator operator, List<String> values) {

  public MatchExpression {
    values = List.copyOf(values);
  }

  /** The conditions, with the meaning that Kubernetes gives them. */
  public enum Operator {
    /** There, and one of the values. */
    IN("In"),
    /** Not there, or none of the values. */
    NOT_IN("NotIn"),
    /** There, whatever it is. */
    EXISTS("Exists"),
    /** Not there. */
    DOES_NOT_EXIST("DoesNotExist");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The operator as manifests spell it. */
    public String text() {
      return text;
    }

    /** Whether it compares with values. */
    public boolean takesValues() {
      return this == IN || this == NOT_IN;
    }
  }

  boolean matches(Optional<String> actual) {
    return switch (operator) {
      case IN -> actual.isPresent() && contains(actual.get());
      case NOT_IN -> actual.isEmpty() || !contains(actual.get());
      case EXISTS -> actual.isPresent();
      case DOES_NOT_EXIST -> actual.isEmpty();
    };
  }

  private boolean contains(String actual) {
    return values.stream().anyMatch(value -> EndpointSelector.sameValue(key, value, actual));
  }
}
