package io.crontopus.cli.http;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes the client of the JDK, with as little as the server's address needs. */
final class HttpClients {

  private HttpClients() {}

  static HttpClient forServer(ServerUrl server, Duration connectTimeout, Optional<Path> caFile) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout);
    if (!server.isEncrypted()) {
      builder.sslContext(trustingNobody());
    } else {
      caFile.map(Trust::in).ifPresent(builder::sslContext);
    }
    return builder.build();
  }

  /**
   * The client wants a TLS context even for plain HTTP, and the default one reads every certificate
   * of the JDK first. Redirects are never followed, so this one is never used.
   */
  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no TLS", e);
    }
  }
}
