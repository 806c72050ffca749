package io.crontopus.standalone.api;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of one platform's API with one token. */
public final class PlatformApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FIRST_ERROR = 400;

  private final HttpClient http;
  private final String url;
  private final String token;

  /**
   * @param url where the platform is
   * @param token what to authenticate with; empty for calls that need nothing
   */
  public PlatformApi(String url, String token) {
    this(url, token, null);
  }

  /**
   * Calls a platform that may have a certificate of its own.
   *
   * @param certificate the platform's, which is trusted whatever names it has; null where the
   *     system knows who is to be trusted
   */
  public PlatformApi(String url, String token, @Nullable Path certificate) {
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    if (certificate != null) {
      client.sslContext(OwnCertificate.trusting(certificate));
    }
    this.http = client.build();
    this.url = url;
    this.token = token;
  }

  /** A response that has arrived as a whole. */
  public record Answer(String path, int status, String body) {

    public JsonNode json() {
      return JSON.readTree(body);
    }

    /**
     * The body of a success.
     *
     * @throws Refusal when it is none
     */
    public JsonNode expected() {
      if (status >= FIRST_ERROR) {
        throw new Refusal("the platform answers " + status + " to " + path + ": see its log");
      }
      return json();
    }
  }

  public Answer get(String path) {
    return send(path, request(path).GET());
  }

  public Answer post(String path, Map<String, Object> body) {
    return send(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  /** Signs in with the form that OAuth2 defines. */
  public Answer logIn(String username, String password) {
    String path = "/api/auth/login";
    return send(
        path,
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "username=" + username + "&password=" + password)));
  }

  /** Opens a stream that has no end. */
  public InputStream open(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    HttpResponse<InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() >= FIRST_ERROR) {
      response.body().close();
      throw new IOException(path + " answers " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(String path, HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(path, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new Refusal(
          "the platform does not answer " + path + " (" + Refusal.reason(e) + "): see its log");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
