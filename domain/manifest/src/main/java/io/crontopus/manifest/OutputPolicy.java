package io.crontopus.manifest;

import java.util.List;

/**
 * What of a run's output is kept.
 *
 * @param maxBytes how many bytes, counted from the end; 0 keeps none
 * @param redact regular expressions ({@link java.util.regex.Pattern}); what they match is blacked
 *     out on the machine, before upload
 */
public record OutputPolicy(int maxBytes, List<String> redact) {

  public static final int DEFAULT_MAX_BYTES = 10_000;

  /** The last 10,000 bytes, nothing redacted. */
  public static final OutputPolicy DEFAULT = new OutputPolicy(DEFAULT_MAX_BYTES, List.of());

  public OutputPolicy {
    redact = List.copyOf(redact);
  }
}
