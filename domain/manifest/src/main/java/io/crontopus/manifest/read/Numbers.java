package io.crontopus.manifest.read;

import java.util.Locale;
import java.util.Optional;

/** Numbers as YAML's core schema writes them: 10, -5, 0x1F, 0o17. */
final class Numbers {

  private Numbers() {}

  static Optional<Long> integer(String text) {
    String digits = text.toLowerCase(Locale.ROOT);
    try {
      if (digits.startsWith("0x")) {
        return Optional.of(Long.parseLong(digits.substring(2), 16));
      }
      if (digits.startsWith("0o")) {
        return Optional.of(Long.parseLong(digits.substring(2), 8));
      }
      return Optional.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
