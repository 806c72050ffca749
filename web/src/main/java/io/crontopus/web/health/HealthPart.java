package io.crontopus.web.health;

import java.util.Map;
import java.util.Optional;

/**
 * A part of the platform that tells its operators how it is. What it tells is asked for at most
 * every two seconds, may block for a moment, and holds nothing of any tenant.
 */
public interface HealthPart {

  /** Its name in the answer. */
  String name();

  /** Figures and words by their names in the answer: texts, numbers, booleans, times. */
  Map<String, Object> measure();

  /** What is wrong, in words, as of these figures; empty when nothing is. */
  default Optional<String> complaint(Map<String, Object> measured) {
    return Optional.empty();
  }
}
