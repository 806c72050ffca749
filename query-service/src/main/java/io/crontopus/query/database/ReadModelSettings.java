package io.crontopus.query.database;

import io.r2dbc.postgresql.client.SSLMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the read model is, and who reads it. */
public record ReadModelSettings(
    String host,
    int port,
    String database,
    String username,
    @Nullable String password,
    SSLMode sslMode) {

  private static final String JDBC = "jdbc:";
  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads the same URL that JDBC is given. Of its parameters {@code user}, {@code password} and
   * {@code sslmode} are understood.
   *
   * @param url {@code jdbc:postgresql://host:port/database}
   * @param username used unless the URL names a user and this is empty
   * @param password may be empty where the server asks for none
   * @throws IllegalArgumentException when it is no such URL
   */
  public static ReadModelSettings of(String url, String username, String password) {
    if (!url.startsWith(JDBC + "postgresql://")) {
      throw new IllegalArgumentException(
          "the database's URL must start with jdbc:postgresql:// and is " + withoutQuery(url));
    }
    URI uri = URI.create(url.substring(JDBC.length()));
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (uri.getHost() == null || path.length() < 2) {
      throw new IllegalArgumentException(
          "the database's URL must name one host and a database: " + withoutQuery(url));
    }
    Map<String, String> parameters = parameters(uri.getRawQuery());
    String user = username.isEmpty() ? parameters.getOrDefault("user", "") : username;
    String secret = password.isEmpty() ? parameters.getOrDefault("password", "") : password;
    return new ReadModelSettings(
        uri.getHost().replaceAll("[\\[\\]]", ""),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        path.substring(1),
        user,
        secret.isEmpty() ? null : secret,
        SSLMode.fromValue(parameters.getOrDefault("sslmode", "prefer")));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String parameter : query.split("&")) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(
              parameter.substring(0, equals),
              URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return parameters;
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return username + "@" + host + ":" + port + "/" + database + " sslmode=" + sslMode;
  }
}
