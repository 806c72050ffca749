package io.crontopus.cli.http;

import java.util.Optional;

/** The credential that requests carry. */
public interface TokenSource {

  /** Nobody: for logging in. */
  TokenSource NONE = fixed(Optional.empty());

  /** The token to send; empty to send none. */
  Optional<String> token();

  /**
   * Gets another token after the platform refused this one.
   *
   * @return whether it is worth asking again
   */
  boolean renew();

  static TokenSource of(String token) {
    return fixed(Optional.of(token));
  }

  private static TokenSource fixed(Optional<String> token) {
    return new TokenSource() {
      @Override
      public Optional<String> token() {
        return token;
      }

      @Override
      public boolean renew() {
        return false;
      }
    };
  }
}
