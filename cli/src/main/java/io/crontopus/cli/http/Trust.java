package io.crontopus.cli.http;

import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates in a file (PEM), trusted in place of those that the JDK comes with. */
final class Trust {

  private Trust() {}

  /**
   * @throws Failure when the file holds no certificates
   */
  static SSLContext in(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(String.valueOf(store.size()), certificate);
      }
      if (store.size() == 0) {
        throw noCertificates(file);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE,
          "The certificates in " + file + " cannot be read.",
          "Name the file with --ca-file or CRONTOPUS_CA_FILE.");
    } catch (GeneralSecurityException e) {
      throw noCertificates(file);
    }
  }

  private static Failure noCertificates(Path file) {
    return Failure.usage(file + " holds no certificates in PEM form.");
  }
}
