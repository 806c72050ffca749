package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.api.OwnCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a platform says of itself.
 *
 * @param email whether it sends e-mail: {@code on}, {@code off}, {@code failing}; empty when it
 *     does not say
 */
record Health(String email) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One word is wanted: a parser of JSON takes longer to load than all the rest of this. */
  private static final Pattern EMAIL = Pattern.compile("\"email\"\\s*:\\s*\"([a-z]+)\"");

  /**
   * Asks a platform; empty when it does not answer.
   *
   * @param certificate its own, if it has one
   */
  static Optional<Health> of(String url, @Nullable Path certificate) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + "/health").toURL().openConnection();
      if (certificate != null && connection instanceof HttpsURLConnection encrypted) {
        encrypted.setSSLSocketFactory(OwnCertificate.trusting(certificate).getSocketFactory());
      }
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return Optional.empty();
      }
      try (InputStream body = connection.getInputStream()) {
        Matcher email = EMAIL.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        return Optional.of(new Health(email.find() ? email.group(1) : ""));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
