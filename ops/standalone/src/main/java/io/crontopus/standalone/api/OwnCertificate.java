package io.crontopus.standalone.api;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly the certificate in a file, whatever name it was made for and whoever made it: the
 * platform's own machine calls it by an address that is in no certificate.
 */
public final class OwnCertificate extends X509ExtendedTrustManager {

  private final Path file;

  private OwnCertificate(Path file) {
    this.file = file;
  }

  /**
   * What connections are made with.
   *
   * @param file PEM, read for each connection: it may be replaced at any time
   */
  public static SSLContext trusting(Path file) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OwnCertificate(file)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new Refusal("cannot speak TLS (" + Refusal.reason(e) + ")");
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      if (chain.length == 0
          || !chain[0].equals(CertificateFactory.getInstance("X.509").generateCertificate(in))) {
        throw new CertificateException("this is not the certificate in " + file);
      }
    } catch (IOException e) {
      throw new CertificateException("the certificate in " + file + " cannot be read", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("this is for clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
