package io.crontopus.manifest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which endpoints a job is for. All conditions must hold; without any, every endpoint is meant.
 *
 * @param matchLabels required values by key; {@code hostname} and {@code platform} are the
 *     endpoint's own, every other key is a label
 * @param matchExpressions further conditions
 */
public record EndpointSelector(
    Map<String, String> matchLabels, List<MatchExpression> matchExpressions) {

  public static final String HOSTNAME = "hostname";
  public static final String PLATFORM = "platform";

  /** Every endpoint. */
  public static final EndpointSelector ALL = new EndpointSelector(Map.of(), List.of());

  public EndpointSelector {
    matchLabels = Collections.unmodifiableMap(new TreeMap<>(matchLabels));
    matchExpressions = List.copyOf(matchExpressions);
  }

  /**
   * Whether an endpoint is meant. Host names are compared without regard to case.
   *
   * @param hostname the endpoint's host name
   * @param platform {@code linux}, {@code macos} or {@code windows}
   * @param labels the endpoint's labels
   */
  public boolean matches(String hostname, String platform, Map<String, String> labels) {
    Endpoint endpoint = new Endpoint(hostname, platform, labels);
    return matchLabels.entrySet().stream()
            .allMatch(
                wanted ->
                    endpoint
                        .value(wanted.getKey())
                        .filter(actual -> sameValue(wanted.getKey(), wanted.getValue(), actual))
                        .isPresent())
        && matchExpressions.stream().allMatch(e -> e.matches(endpoint.value(e.key())));
  }

  static boolean sameValue(String key, String wanted, String actual) {
    return (key.equals(HOSTNAME) || key.equals(PLATFORM))
        ? wanted.equalsIgnoreCase(actual)
        : wanted.equals(actual);
  }

  private record Endpoint(String hostname, String platform, Map<String, String> labels) {

    Optional<String> value(String key) {
      return switch (key) {
        case HOSTNAME -> Optional.of(hostname);
        case PLATFORM -> Optional.of(platform);
        default -> Optional.ofNullable(labels.get(key));
      };
    }
  }
}
