package io.crontopus.agent.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A platform's address as people write it. */
public final class ServerAddress {

  private ServerAddress() {}

  /**
   * Reads an address; a slash at its end is dropped.
   *
   * @throws IllegalArgumentException when it is no address of a web server
   */
  public static URI parse(String text) {
    String trimmed = text.strip().replaceAll("/+$", "");
    URI uri;
    try {
      uri = URI.create(trimmed);
    } catch (IllegalArgumentException e) {
      throw wrong(text, e);
    }
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
      throw wrong(text, null);
    }
    return uri;
  }

  private static IllegalArgumentException wrong(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no address; write it as https://crontopus.example.org", cause);
  }
}
