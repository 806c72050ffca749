package io.crontopus.web.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The certificate that the platform serves with, kept up to date with its files: connections that
 * are opened after a change see the newer one, those that are open stay.
 *
 * <p>The files are read from time to time. A watch on them would miss links that are pointed to
 * newer files, which is how most tools renew certificates. A pair that does not fit, such as one of
 * which half is written, is reported once, and the one before stays in use.
 */
final class TlsCertificate implements AutoCloseable {

  /** The name of the bundle. */
  static final String BUNDLE = "crontopus";

  private static final Logger log = LoggerFactory.getLogger(TlsCertificate.class);
  private static final byte[] ANYTHING = {1, 2, 3, 4};

  private final Path certificate;
  private final Path key;
  private final DefaultSslBundleRegistry bundles;
  private final Thread watch;
  private Content content;
  private String fault = "";

  /** What is in the files. */
  private record Content(String certificate, String key) {}

  /**
   * Reads the files, and goes on doing so.
   *
   * @throws IllegalArgumentException when they cannot be used
   */
  TlsCertificate(Path certificate, Path key, Duration check) {
    this.certificate = certificate;
    this.key = key;
    try {
      this.content = read();
      this.bundles = new DefaultSslBundleRegistry(BUNDLE, bundle(content));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          "cannot serve with the certificate %s and the key %s: %s"
              .formatted(certificate, key, reason(e)),
          e);
    }
    this.watch = Thread.ofVirtual().name("tls-certificate").start(() -> watch(check));
  }

  /** The bundle, whose name is {@link #BUNDLE}, and its updates. */
  SslBundles bundles() {
    return bundles;
  }

  private void watch(Duration check) {
    try {
      while (true) {
        Thread.sleep(check);
        update();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void update() {
    try {
      Content now = read();
      if (now.equals(content)) {
        return;
      }
      content = now;
      bundles.updateBundle(BUNDLE, bundle(now));
      fault = "";
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      report(reason(e));
    }
  }

  /** A fault that stays is not news. */
  private void report(String reason) {
    if (!reason.equals(fault)) {
      fault = reason;
      log.warn(
          "the certificate {} with the key {} cannot be used, the one before stays: {}",
          certificate,
          key,
          reason);
    }
  }

  private Content read() throws IOException {
    return new Content(
        Files.readString(certificate, StandardCharsets.ISO_8859_1),
        Files.readString(key, StandardCharsets.ISO_8859_1));
  }

  private SslBundle bundle(Content read) throws GeneralSecurityException {
    PemSslStore store =
        PemSslStore.load(
            PemSslStoreDetails.forCertificate(read.certificate()).withPrivateKey(read.key()));
    List<X509Certificate> chain = store == null ? null : store.certificates();
    PrivateKey privateKey = store == null ? null : store.privateKey();
    if (chain == null || chain.isEmpty() || privateKey == null) {
      throw new GeneralSecurityException("a certificate and a private key are needed, as PEM");
    }
    requirePair(privateKey, chain.getFirst().getPublicKey());
    log.info(
        "serves with the certificate of {}, valid until {}",
        chain.getFirst().getSubjectX500Principal(),
        chain.getFirst().getNotAfter().toInstant());
    return SslBundle.of(new PemSslStoreBundle(store, null));
  }

  /** Nobody else would notice before the first client does. */
  private static void requirePair(PrivateKey privateKey, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> privateKey.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(ANYTHING);
    byte[] signed = signature.sign();
    boolean same = privateKey.getAlgorithm().equals(publicKey.getAlgorithm());
    if (same) {
      signature.initVerify(publicKey);
      signature.update(ANYTHING);
      same = signature.verify(signed);
    }
    if (!same) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
