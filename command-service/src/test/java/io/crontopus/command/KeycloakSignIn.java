package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.command.sso.Keycloak;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signing in with Keycloak as it is, by filling in its login form. Runs in the profile {@code
 * keycloak} only, which unpacks its distribution.
 */
class KeycloakSignIn {

  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");

  @TempDir static Path folder;
  private static Keycloak keycloak;
  private static TestPlatform platform;
  private static String owner;

  @BeforeAll
  static void start() throws Exception {
    keycloak = Keycloak.start(Path.of(System.getProperty("crontopus.keycloak")));
    Path secret = Files.writeString(folder.resolve("secret"), Keycloak.SECRET);
    String prefix = "crontopus.sso.providers.keycloak.";
    platform =
        TestPlatform.start(
            folder,
            Map.of(
                "crontopus.sso.timeout",
                "30s",
                prefix + "issuer",
                keycloak.issuer(),
                prefix + "client-id",
                "crontopus",
                prefix + "client-secret-file",
                secret.toString()));
    owner = platform.owner("acme");
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
    keycloak.close();
  }

  @Test
  void whoIsInvitedSignsInWithKeycloak() throws Exception {
    String invitation =
        platform
            .post(
                "/api/invitations",
                owner,
                "{\"email\": \"kim@example.org\", \"role\": \"operator\"}")
            .body()
            .path("id")
            .asString();
    SsoBrowser browser = new SsoBrowser(platform);
    URI callback = logIn(browser.start("keycloak"), "kim", "a password of kim");
    assertThat(callback.getRawQuery())
        .contains("iss=" + URLEncoder.encode(keycloak.issuer(), StandardCharsets.UTF_8));
    String code = SsoBrowser.codeIn(browser.comeBack(callback));
    SsoBrowser.Answer invited = browser.exchange(code);
    assertThat(invited.state()).isEqualTo("invited");
    assertThat(invited.body().path("name").asString()).isEqualTo("Kim Example");
    SsoBrowser.Answer joined =
        browser.post(
            "join",
            "{\"code\": \"%s\", \"invitation_id\": \"%s\", \"username\": \"kim\"}"
                .formatted(code, invitation),
            null);
    assertThat(joined.state()).isEqualTo("signed-in");

    SsoBrowser later = new SsoBrowser(platform);
    URI again = logIn(later.start("keycloak"), "kim", "a password of kim");
    SsoBrowser.Answer in = later.exchange(SsoBrowser.codeIn(later.comeBack(again)));
    assertThat(in.state()).isEqualTo("signed-in");
    String token = in.body().path("access_token").asString();
    assertThat(platform.get("/api/auth/me", token).body().path("username").asString())
        .isEqualTo("kim");
    assertThat(platform.post("/api/auth/logout", token, "").status()).isEqualTo(204);

    assertThat(later.comeBack(again)).isEqualTo("problem=stale");
    assertThat(new SsoBrowser(platform).comeBack(again)).isEqualTo("problem=stale");
  }

  @Test
  void anAddressThatKeycloakHasNotVerifiedLetsNobodyIn() throws Exception {
    SsoBrowser browser = new SsoBrowser(platform);
    URI callback = logIn(browser.start("keycloak"), "uli", "a password of uli");
    SsoBrowser.Answer answer = browser.exchange(SsoBrowser.codeIn(browser.comeBack(callback)));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("email-not-verified");
  }

  /** Fills in the form; where Keycloak sends the browser back to. */
  private static URI logIn(URI authorization, String username, String password) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> page =
          http.send(HttpRequest.newBuilder(authorization).build(), BodyHandlers.ofString());
      assertThat(page.statusCode()).describedAs(page.body()).isEqualTo(200);
      Matcher form = FORM.matcher(page.body());
      assertThat(form.find()).describedAs(page.body()).isTrue();
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Cookie", cookies(page))
                  .POST(
                      BodyPublishers.ofString(
                          "username="
                              + username
                              + "&credentialId=&password="
                              + URLEncoder.encode(password, StandardCharsets.UTF_8)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(302);
      return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }
  }

  /** All that it sets, also those that a browser would keep for HTTPS: loopback counts as that. */
  private static String cookies(HttpResponse<String> page) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String set : page.headers().allValues("Set-Cookie")) {
      String[] pair = set.replaceFirst(";.*", "").split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .reduce((one, other) -> one + "; " + other)
        .orElse("");
  }
}
