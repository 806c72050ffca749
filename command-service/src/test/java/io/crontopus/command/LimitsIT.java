package io.crontopus.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.SecretToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits in front of what they protect; what asks for others is nobody's exception. */
class LimitsIT {

  private static final String FOR = "X-Forwarded-For";

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static String owner;
  private static String tenant;
  private static final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    // Each test has clients of its own, and what they have used up does not come back meanwhile.
    platform =
        TestPlatform.start(
            folder,
            Map.of(
                "crontopus.http.trusted-proxies", "127.0.0.1",
                "crontopus.limits.bad-credentials", "1/h burst 30"));
    owner = platform.owner("acme");
    tenant = platform.get("/api/auth/me", owner).body().path("tenant_id").asString();
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    platform.close();
  }

  @Test
  void guessingAPasswordIsSlowedDown() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(login("wrong").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> sixth = login("correct horse");
    assertThat(sixth.statusCode()).isEqualTo(429);
    assertThat(sixth.headers().firstValue("Retry-After")).isPresent();
    assertThat(sixth.headers().firstValue("RateLimit").orElse("")).startsWith("\"login\";r=0;t=");
    assertThat(sixth.body()).contains("\"code\":\"too-many-requests\"");
  }

  @Test
  void aSessionIsNoWayToGuessThePassword() throws Exception {
    // Other faults of a form are not held against anybody.
    for (int i = 0; i < 6; i++) {
      assertThat(password("203.0.113.3", TestPlatform.PASSWORD, "short").statusCode())
          .isEqualTo(400);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(password("203.0.113.3", "wrong " + i, "a new and long one").statusCode())
          .isEqualTo(400);
    }
    HttpResponse<String> fourth = email("203.0.113.3", "wrong");
    assertThat(fourth.statusCode()).isEqualTo(400);
    assertThat(fourth.headers().firstValue("RateLimit").orElse("")).startsWith("\"login\";r=");
    assertThat(email("203.0.113.3", "wrong").statusCode()).isEqualTo(400);

    HttpResponse<String> sixth = email("203.0.113.3", TestPlatform.PASSWORD);
    assertThat(sixth.statusCode()).isEqualTo(429);
    assertThat(sixth.headers().firstValue("Retry-After")).isPresent();
    assertThat(password("203.0.113.3", TestPlatform.PASSWORD, "short").statusCode()).isEqualTo(429);
    // From elsewhere the owner goes on, whoever has the session.
    assertThat(password("203.0.113.4", TestPlatform.PASSWORD, "short").statusCode()).isEqualTo(400);
  }

  @Test
  void joiningIsWorkLikeLoggingIn() throws Exception {
    int status = 0;
    for (int i = 0; i < 100 && status != 429; i++) {
      HttpResponse<String> answer =
          post("/api/auth/accept-invitation", "203.0.113.7", "{\"token\": \"cti_none\"}");
      status = answer.statusCode();
      assertThat(status).isIn(400, 429);
      assertThat(answer.headers().firstValue("RateLimit").orElse(""))
          .startsWith("\"login-attempts\";r=");
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void tokensThatAreNoneAreNotLookedUpForEver() throws Exception {
    int status = 0;
    for (int i = 0; i < 60 && status != 429; i++) {
      status = me(SecretToken.issue(SecretToken.Kind.API)).statusCode();
      assertThat(status).isIn(401, 429);
      // Who uses a good one from the same address notices nothing.
      assertThat(me(owner).statusCode()).isEqualTo(200);
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void soAreGitsPasswords() throws Exception {
    HttpResponse<String> answer = fetch(owner);
    assertThat(answer.statusCode()).isEqualTo(200);
    for (int i = 0; i < 60 && answer.statusCode() != 429; i++) {
      answer = fetch(SecretToken.issue(SecretToken.Kind.API));
      assertThat(answer.statusCode()).isIn(401, 429);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    // Who uses a good one from the same address notices nothing.
    assertThat(fetch(owner).statusCode()).isEqualTo(200);
  }

  @Test
  void answersCarryTheRulesForBrowsers() throws Exception {
    HttpResponse<String> me = me(owner);
    assertThat(me.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(me.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(me.headers().firstValue("Content-Security-Policy"))
        .hasValue("default-src 'none'; frame-ancestors 'none'");
  }

  private static HttpResponse<String> password(String from, String current, String chosen)
      throws Exception {
    return post(
        "/api/auth/password",
        from,
        "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, chosen));
  }

  private static HttpResponse<String> email(String from, String password) throws Exception {
    return post(
        "/api/auth/email",
        from,
        "{\"email\": \"other@example.org\", \"password\": \"%s\"}".formatted(password));
  }

  private static HttpResponse<String> post(String path, String from, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(platform.url() + path))
            .header(FOR, from)
            .header("Authorization", "Bearer " + owner)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> me(String token) throws Exception {
    return send(request("/api/auth/me").header("Authorization", "Bearer " + token).GET());
  }

  private static HttpResponse<String> fetch(String token) throws Exception {
    String basic = Base64.getEncoder().encodeToString(("git:" + token).getBytes(US_ASCII));
    String path = "/git/" + tenant + "/job-manifests.git/info/refs?service=git-upload-pack";
    return send(
        HttpRequest.newBuilder(URI.create(platform.url() + path))
            .header(FOR, "203.0.113.2")
            .header("Authorization", "Basic " + basic)
            .GET());
  }

  private static HttpResponse<String> login(String password) throws Exception {
    return send(
        request("/api/auth/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=acme&password=" + password.replace(' ', '+'))));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(platform.url() + path)).header(FOR, "203.0.113.1");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
