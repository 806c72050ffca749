package io.crontopus.cli.tokens;

import io.crontopus.cli.output.Row;
import java.time.Instant;

/** Whether a token can still be used. */
final class TokenState {

  private TokenState() {}

  static String of(Row token, Instant now) {
    if (token.has("revoked_at")) {
      return "revoked";
    }
    if (token.time("expires_at").map(end -> end.isBefore(now)).orElse(false)) {
      return "expired";
    }
    boolean isUsedUp =
        token
            .number("max_uses")
            .flatMap(most -> token.number("used_count").map(used -> used.compareTo(most) >= 0))
            .orElse(false);
    return isUsedUp ? "used up" : "active";
  }
}
