package io.crontopus.command.git.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret in an {@code Authorization} header. */
final class Credentials {
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  private Credentials() {}

  /** The password of Basic, or the token of Bearer; empty when there is none that can be read. */
  static Optional<String> password(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return present(authorization.substring(BEARER.length()).strip());
    }
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    return decode(authorization.substring(BASIC.length()).strip());
  }

  private static Optional<String> decode(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : present(pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> present(String password) {
    return Optional.of(password).filter(it -> !it.isEmpty());
  }
}
