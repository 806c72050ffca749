package io.crontopus.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own, and one that replaces it. */
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void servesWithTheCertificateOfTheMoment() throws Exception {
    Pair first = pair("first", "RSA");
    Pair second = pair("second", "EC");
    Path live = Files.createDirectory(folder.resolve("live"));
    Path certificate = Files.createSymbolicLink(live.resolve("cert.pem"), first.certificate());
    Path key = Files.createSymbolicLink(live.resolve("key.pem"), first.key());
    try (EdgeServer server =
        EdgeServer.start(
            "crontopus.http.tls.certificate=" + certificate,
            "crontopus.http.tls.key=" + key,
            "crontopus.http.tls.check=50ms")) {
      try (SSLSocket open = connect(server)) {
        assertThat(subject(open)).isEqualTo("CN=first");
        assertThat(get(open)).contains("127.0.0.1 https", "max-age=31536000");

        // Half of a renewal: the one before stays.
        replace(certificate, second.certificate());
        await()
            .during(Duration.ofMillis(300))
            .until(
                () -> {
                  try (SSLSocket socket = connect(server)) {
                    return subject(socket).equals("CN=first");
                  }
                });
        replace(key, second.key());
        await()
            .until(
                () -> {
                  try (SSLSocket socket = connect(server)) {
                    return subject(socket).equals("CN=second");
                  }
                });
        assertThat(get(open)).contains("127.0.0.1 https");
      }
    }
  }

  @Test
  void plainHttpIsNotAnswered() throws Exception {
    Pair pair = pair("only", "EC");
    try (EdgeServer server =
        EdgeServer.start(
            "crontopus.http.tls.certificate=" + pair.certificate(),
            "crontopus.http.tls.key=" + pair.key())) {
      assertThatThrownBy(() -> server.get("/")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsNoticedAtOnce() throws Exception {
    Pair one = pair("one", "EC");
    Pair other = pair("other", "EC");
    assertThatThrownBy(
            () ->
                EdgeServer.start(
                        "crontopus.http.tls.certificate=" + one.certificate(),
                        "crontopus.http.tls.key=" + other.key())
                    .close())
        .hasStackTraceContaining("the key is not the certificate's");
    assertThatThrownBy(
            () -> EdgeServer.start("crontopus.http.tls.certificate=" + one.certificate()).close())
        .hasStackTraceContaining("needs both certificate and key");
  }

  private record Pair(Path certificate, Path key) {}

  private Pair pair(String name, String algorithm) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    Path certificate = folder.resolve(name + "-cert.pem");
    Path key = folder.resolve(name + "-key.pem");
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
    return new Pair(certificate, key);
  }

  private static String pem(String type, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  private static void replace(Path link, Path target) throws IOException {
    Path next = Files.createSymbolicLink(link.resolveSibling(link.getFileName() + ".new"), target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private static SSLSocket connect(EdgeServer server) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }

  private static String subject(SSLSocket socket) throws Exception {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .getName();
  }

  private static String get(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("127.0.0.1 https") < 0) {
      int value = socket.getInputStream().read();
      assertThat(value).as("what came before the end: %s", answer).isNotNegative();
      answer.append((char) value);
    }
    return answer.toString();
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
