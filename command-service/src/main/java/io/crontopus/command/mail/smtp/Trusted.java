package io.crontopus.command.mail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Connections to servers whose certificate comes from one of these issuers, and no other. */
final class Trusted {

  private Trusted() {}

  /**
   * Reads the issuers' certificates.
   *
   * @throws IllegalArgumentException when the file cannot be used
   */
  static SSLSocketFactory by(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore issuers = KeyStore.getInstance(KeyStore.getDefaultType());
      issuers.load(null, null);
      int number = 0;
      for (Certificate issuer : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        issuers.setCertificateEntry(String.valueOf(number++), issuer);
      }
      if (number == 0) {
        throw new GeneralSecurityException("it has no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(issuers);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "crontopus.mail.trust: %s cannot be used: %s".formatted(pem, Reason.of(e)), e);
    }
  }
}
