package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.api.OwnCertificate;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks a platform whether it is well. */
final class Health {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Health() {}

  /**
   * Whether it answers.
   *
   * @param certificate its own, if it has one
   */
  static boolean answers(String url, @Nullable Path certificate) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + "/health").toURL().openConnection();
      if (certificate != null && connection instanceof HttpsURLConnection encrypted) {
        encrypted.setSSLSocketFactory(OwnCertificate.trusting(certificate).getSocketFactory());
      }
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }
}
