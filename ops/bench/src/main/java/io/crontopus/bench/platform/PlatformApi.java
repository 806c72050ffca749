package io.crontopus.bench.platform;

import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API for the few calls that prepare a measurement. */
public record PlatformApi(URI url, String token) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_ERROR = 400;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private static final JsonMapper JSON = JsonMapper.shared();

  public JsonNode get(String path) throws InterruptedException {
    return send(path, request(path).GET());
  }

  public JsonNode post(String path, Map<String, Object> body) throws InterruptedException {
    return send(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  /** The same platform, as whoever signs in with this. */
  public PlatformApi signedIn(String username, String password) throws InterruptedException {
    String path = "/api/auth/login";
    JsonNode login =
        send(
            path,
            HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "username=" + username + "&password=" + password)));
    return new PlatformApi(url, login.path("access_token").asString());
  }

  /** Whether the platform has this route for us. */
  public boolean has(String path) throws InterruptedException {
    try {
      get(path);
      return true;
    } catch (BenchFailure e) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private static JsonNode send(String path, HttpRequest.Builder request)
      throws InterruptedException {
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() >= FIRST_ERROR) {
        throw new BenchFailure(
            "the platform answers %d to %s: %s"
                .formatted(answer.statusCode(), path, answer.body()));
      }
      return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new BenchFailure("the platform does not answer " + path + ": " + e, e);
    }
  }
}
