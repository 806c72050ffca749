package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.data.Credentials;
import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the first user through the platform's own API. Its name and password are kept before it is
 * made, so that a start that was cut short is completed by the next one.
 */
record FirstUser(DataFolder data, Settings settings) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAME = "admin";
  private static final String MAIL = "admin@crontopus.invalid";
  private static final int PASSWORD_BYTES = 18;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final List<String> SCOPES =
      List.of(
          "read:runs",
          "write:runs",
          "read:jobs",
          "write:jobs",
          "read:agents",
          "write:agents",
          "read:tokens",
          "write:tokens");

  Credentials ensure() {
    Credentials known = data.credentials().orElseGet(this::invent);
    Credentials complete =
        new Credentials(
            settings.url(),
            known.username(),
            known.password(),
            known.token() == null ? token(known) : known.token());
    if (!complete.equals(known)) {
      data.write(complete);
    }
    return complete;
  }

  private Credentials invent() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Credentials credentials = new Credentials(settings.url(), NAME, password, null);
    data.write(credentials);
    return credentials;
  }

  private String token(Credentials credentials) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      String login = "username=" + credentials.username() + "&password=" + credentials.password();
      HttpResponse<String> session =
          post(http, "/api/auth/login", "application/x-www-form-urlencoded", login, "");
      if (session.statusCode() != OK) {
        expect(
            CREATED,
            postJson(
                http,
                "/api/auth/register",
                Map.of("username", NAME, "email", MAIL, "password", credentials.password()),
                ""));
        session = post(http, "/api/auth/login", "application/x-www-form-urlencoded", login, "");
      }
      String access = expect(OK, session).path("access_token").asString();
      Map<String, Object> request = Map.of("name", "first start", "scopes", SCOPES);
      return expect(CREATED, postJson(http, "/api/tokens", request, access))
          .path("token")
          .asString();
    }
  }

  private HttpResponse<String> postJson(
      HttpClient http, String path, Map<String, Object> body, String bearer) {
    return post(http, path, "application/json", JSON.writeValueAsString(body), bearer);
  }

  private HttpResponse<String> post(
      HttpClient http, String path, String type, String body, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.localUrl() + path))
            .timeout(PATIENCE)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Refusal(
          "the platform does not answer "
              + path
              + " ("
              + Refusal.reason(e)
              + "): see "
              + data.logFile());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted");
    }
  }

  private JsonNode expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new Refusal(
          "the platform refuses to make its first user (%s answers %d): see %s"
              .formatted(response.uri().getPath(), response.statusCode(), data.logFile()));
    }
    return JSON.readTree(response.body());
  }
}
