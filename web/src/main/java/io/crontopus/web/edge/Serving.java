package io.crontopus.web.edge;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;

/** Has the server speak TLS, if there is a certificate for it. */
final class Serving
    implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory>, AutoCloseable {

  private final @Nullable TlsCertificate certificate;

  Serving(@Nullable TlsCertificate certificate) {
    this.certificate = certificate;
  }

  @Override
  public void customize(ConfigurableReactiveWebServerFactory server) {
    if (certificate != null) {
      server.setSslBundles(certificate.bundles());
      server.setSsl(Ssl.forBundle(TlsCertificate.BUNDLE));
    }
  }

  @Override
  public void close() {
    if (certificate != null) {
      certificate.close();
    }
  }
}
