package io.crontopus.cli.http;

import io.crontopus.cli.shell.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a platform is: scheme, host, port and perhaps a path before {@code /api}. Written in one
 * way only, so that two spellings of the same server are equal.
 */
public record ServerUrl(String value) {

  /** Reads what a user wrote; a usage failure says what is wrong with it. */
  public static ServerUrl parse(String text) {
    String stripped = text.strip();
    try {
      URI uri = new URI(stripped.contains("://") ? stripped : "http://" + stripped);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw invalid(stripped, "it must start with http:// or https://");
      }
      if (uri.getHost() == null) {
        throw invalid(stripped, "it names no host");
      }
      if (uri.getRawUserInfo() != null) {
        throw invalid(stripped, "it must not hold a user name or password");
      }
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw invalid(stripped, "it must not have a query or fragment");
      }
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      String port = isDefault(scheme, uri.getPort()) ? "" : ":" + uri.getPort();
      String path = uri.getRawPath().replaceFirst("/+$", "");
      return new ServerUrl(scheme + "://" + host + port + path);
    } catch (URISyntaxException e) {
      throw invalid(stripped, e.getReason());
    }
  }

  private static boolean isDefault(String scheme, int port) {
    return port < 0 || port == (scheme.equals("https") ? 443 : 80);
  }

  private static Failure invalid(String text, String reason) {
    return Failure.usage(
        "'" + text + "' is not the address of a server: " + reason + ".",
        "Give it as in --server http://127.0.0.1:8080");
  }

  public boolean isEncrypted() {
    return value.startsWith("https:");
  }

  /** Whether what is sent stays on this machine. */
  public boolean isLocal() {
    String host = String.valueOf(URI.create(value).getHost());
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]");
  }

  /** The address of a path under {@code /api}, with its query. */
  URI api(String path, Query query) {
    return URI.create(value + "/api" + path + query);
  }

  @Override
  public String toString() {
    return value;
  }
}
