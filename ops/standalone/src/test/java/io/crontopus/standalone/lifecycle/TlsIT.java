package io.crontopus.standalone.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.api.OwnCertificate;
import io.crontopus.standalone.api.PlatformApi;
import io.crontopus.standalone.harness.Checkout;
import io.crontopus.standalone.harness.Finished;
import io.crontopus.standalone.harness.PlatformProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform with a certificate that nobody knows but those who are told. */
@Order(7)
class TlsIT {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void servesWithItsOwnCertificateAndItsSuccessor() throws Exception {
    write("first", "-ext", "SAN=ip:127.0.0.1");
    Path data = folder.resolve("data");
    try (PlatformProcess platform =
        PlatformProcess.start(
            data, "--tls-cert", certificate().toString(), "--tls-key", key().toString())) {
      assertThat(platform.url()).startsWith("https://127.0.0.1:");
      Path stranger = Files.copy(certificate(), folder.resolve("first.pem"));
      theCommandLineWorks(platform);
      Process login = askToBeLetIn(platform);
      theAgentWorks(platform);
      assertThat(login.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(login.exitValue()).isZero();
      assertThat(elsewhere("sessions", "list").out()).contains("crontopus-cli");

      write("second");
      // Who trusts the certificate in the file is served again as soon as the platform has read it.
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> status(platform, certificate()) == 200);
      // It is that one and no other, for the launcher whatever its name is.
      assertThat(Checkout.run("status", "--data", data.toString()).exitCode()).isZero();
      assertThat(cli("auth", "whoami", "--ca-file", stranger.toString()).exitCode()).isEqualTo(5);
    }
  }

  @Test
  void theTwoFilesBelongTogether() {
    Finished half =
        Checkout.run(
            "up",
            "--data",
            folder.resolve("data").toString(),
            "--tls-cert",
            certificate().toString());
    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.err()).contains("--tls-cert and --tls-key belong together");
  }

  /** The login remembers which certificate it was made with. */
  private void theCommandLineWorks(PlatformProcess platform) {
    assertThat(platform.credential("ca_file")).isEqualTo(certificate().toString());
    String credentials = platform.data().resolve("credentials.json").toString();
    Finished login = cli("auth", "login", "--credentials", credentials);
    assertThat(login.err()).contains("Logged in");
  }

  /** A command line that was logged in nowhere, let in with the code that it shows. */
  private Process askToBeLetIn(PlatformProcess platform) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Checkout.launcher().toString(),
            "auth",
            "login",
            "--server",
            platform.url(),
            "--ca-file",
            certificate().toString());
    builder.environment().putAll(Checkout.environment());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("elsewhere").toString());
    Process login = builder.start();
    String address =
        Objects.requireNonNull(login.errorReader().readLine()).replaceFirst("^Open ", "");
    assertThat(address).startsWith(platform.url() + "/device?user_code=");
    try (HttpClient browser =
        HttpClient.newBuilder().sslContext(OwnCertificate.trusting(certificate())).build()) {
      HttpResponse<String> page =
          browser.send(
              HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("frame-ancestors 'none'");
      assertThat(page.body()).contains("device.js");
    }
    try (PlatformApi anybody = new PlatformApi(platform.url(), "", certificate())) {
      String access =
          anybody
              .logIn("admin", platform.credential("password"))
              .expected()
              .path("access_token")
              .asString();
      try (PlatformApi person = new PlatformApi(platform.url(), access, certificate())) {
        Map<String, Object> code = Map.of("user_code", address.replaceFirst(".*=", ""));
        assertThat(person.post("/api/auth/device/approve", code).status()).isEqualTo(204);
      }
    }
    return login;
  }

  private Finished elsewhere(String... arguments) {
    return Checkout.run(
        Map.of("XDG_CONFIG_HOME", folder.resolve("elsewhere").toString()), arguments);
  }

  /** Enrolling, fetching from Git, and the stream of heartbeats. */
  private void theAgentWorks(PlatformProcess platform) throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, cli("enrollment-tokens", "create", "tls").out());
    Path agent = folder.resolve("agent");
    List<String> enroll =
        List.of(
            "agent",
            "enroll",
            "--server",
            platform.url(),
            "--token-file",
            token.toString(),
            "--data",
            agent.toString(),
            "--machine-id",
            "tls");
    assertThat(cli(enroll.toArray(String[]::new)).exitCode()).isNotZero();
    List<String> trusting = new ArrayList<>(enroll);
    trusting.addAll(List.of("--ca-file", certificate().toString()));
    Finished enrolled = cli(trusting.toArray(String[]::new));
    assertThat(enrolled.err()).isEmpty();
    Path log = folder.resolve("agent.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Checkout.launcher().toString(),
                "agent",
                "run",
                "--scheduler",
                "embedded",
                "--data",
                agent.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(Checkout.environment());
    Process running = builder.start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(Files.readString(agent.resolve("state/status.json")))
                      .contains("\"sync_ok_at\"", "\"platform_ok_at\""));
    } finally {
      running.destroy();
    }
    assertThat(log).content().doesNotContain("WARNING");
  }

  private Finished cli(String... arguments) {
    return Checkout.run(Map.of("XDG_CONFIG_HOME", folder.toString()), arguments);
  }

  private static int status(PlatformProcess platform, Path certificate) {
    try (PlatformApi api =
        new PlatformApi(platform.url(), platform.credential("token"), certificate)) {
      return api.get("/api/auth/me").status();
    }
  }

  private Path certificate() {
    return folder.resolve("cert.pem");
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  private void write(String name, String... options) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(options));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    pem(certificate(), "CERTIFICATE", keys.getCertificate(name).getEncoded());
    pem(key(), "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
  }

  private static void pem(Path file, String type, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }
}
