package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Somebody else's PostgreSQL, by URL. It is never started or stopped from here. */
public record ExternalDatabase(DatabaseSettings settings, String description) implements Database {

  private static final int OLDEST_SUPPORTED = 15;
  private static final int VERSION_NUMBER_PER_MAJOR = 10_000;

  /**
   * Connects once to see that it can be used.
   *
   * @param url {@code postgresql://user:password@host:port/database?options}, also with {@code
   *     jdbc:} in front
   * @param environment where {@code PGUSER} and {@code PGPASSWORD} are taken from when the URL has
   *     none
   * @throws Refusal when it cannot be reached or is too old
   */
  public static ExternalDatabase connect(String url, Map<String, String> environment) {
    DatabaseSettings settings = parse(url, environment);
    try (Connection connection = Connections.open(settings)) {
      int version = Integer.parseInt(Connections.single(connection, "show server_version_num"));
      if (version / VERSION_NUMBER_PER_MAJOR < OLDEST_SUPPORTED) {
        throw new Refusal(
            "%s is PostgreSQL %s; version %d or later is needed"
                .formatted(
                    settings.url(),
                    Connections.single(connection, "show server_version"),
                    OLDEST_SUPPORTED));
      }
      return new ExternalDatabase(
          settings,
          "PostgreSQL "
              + Connections.single(connection, "show server_version")
              + " at "
              + settings.url());
    } catch (SQLException e) {
      throw new Refusal(
          "cannot use the database %s (%s): check --database, and PGPASSWORD when the URL has no password"
              .formatted(settings.url(), Refusal.reason(e)));
    }
  }

  static DatabaseSettings parse(String url, Map<String, String> environment) {
    URI uri = uri(url);
    String[] user = (uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo()).split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    return new DatabaseSettings(
        "jdbc:postgresql://" + host + uri.getRawPath() + query,
        user[0].isEmpty() ? environment.getOrDefault("PGUSER", "postgres") : decode(user[0]),
        user.length < 2 ? environment.getOrDefault("PGPASSWORD", "") : decode(user[1]));
  }

  private static URI uri(String url) {
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    try {
      URI uri = new URI(plain);
      boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (scheme && uri.getHost() != null && uri.getRawPath().length() > 1) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below, without the URL: it may hold a password.
    }
    throw new Refusal(2, "--database must look like postgresql://user@host:5432/database");
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public CompletableFuture<Void> lost() {
    return new CompletableFuture<>();
  }

  @Override
  public void close() {}
}
