package io.crontopus.agent.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.platform.PlatformException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the platform, with this endpoint's token. Safe for any number of threads. */
public final class PlatformClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int LONGEST_DETAIL = 500;

  private final URI server;
  private final Supplier<String> token;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * A client of a platform.
   *
   * @param token asked for before every request, so that enrolling again takes effect at once
   */
  public PlatformClient(URI server, Supplier<String> token) {
    this.server = server;
    this.token = token;
  }

  /** The mapper for what is sent and received. */
  public JsonMapper json() {
    return json;
  }

  /** Sends a document and returns the answer; a missing body is a missing node. */
  public JsonNode post(String path, JsonNode body) throws PlatformException, InterruptedException {
    HttpRequest request =
        request(path)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      requireSuccess(response, response.body());
      return response.body().length == 0 ? json.missingNode() : json.readTree(response.body());
    } catch (IOException e) {
      throw PlatformException.unreachable(server.toString(), e);
    } catch (JacksonException e) {
      throw new PlatformException(
          Kind.UNAVAILABLE, 0, server + " did not answer in JSON: is it Crontopus?", null, e);
    }
  }

  /** Opens a stream of server-sent events; the caller closes it. */
  public InputStream events(String path) throws PlatformException, InterruptedException {
    HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 != 2) {
        try (InputStream body = response.body()) {
          requireSuccess(response, body.readNBytes(10_000));
        }
      }
      return response.body();
    } catch (IOException e) {
      throw PlatformException.unreachable(server.toString(), e);
    }
  }

  /** Whether requests can stay open for both directions on the way to the platform. */
  public boolean canStream() {
    return HeartbeatStream.possible(server);
  }

  /** Opens a stream of heartbeats; the caller closes it. */
  public HeartbeatStream heartbeats(String path) throws PlatformException {
    try {
      return HeartbeatStream.open(json, server, path, token.get());
    } catch (IOException e) {
      throw PlatformException.unreachable(server.toString(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("User-Agent", "crontopus-agent")
        .header("Authorization", "Bearer " + token.get());
  }

  private void requireSuccess(HttpResponse<?> response, byte[] body) throws PlatformException {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return;
    }
    String message = "the platform answered " + status + detail(body);
    throw new PlatformException(kindOf(status), status, message, retryAfter(response), null);
  }

  static Kind kindOf(int status) {
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 408, 425, 429 -> Kind.UNAVAILABLE;
      default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.UNAVAILABLE;
    };
  }

  /** What a problem document says, else the begin of whatever came. */
  private String detail(byte[] body) {
    String text = new String(body, UTF_8).strip();
    try {
      JsonNode problem = json.readTree(text);
      for (String field : new String[] {"detail", "title"}) {
        String said = problem.path(field).asString("");
        if (!said.isEmpty()) {
          text = said;
          break;
        }
      }
    } catch (JacksonException e) {
      text = text.startsWith("<") ? "" : text;
    }
    String line = text.replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .map(PlatformClient::retryAfter)
        .orElse(null);
  }

  static @Nullable Duration retryAfter(String value) {
    try {
      return Duration.ofSeconds(Math.clamp(Long.parseLong(value.strip()), 0, 3600));
    } catch (NumberFormatException e) {
      try {
        Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        Duration wait = Duration.between(Instant.now(), at);
        return wait.isNegative() ? Duration.ZERO : wait;
      } catch (DateTimeException notATime) {
        return null;
      }
    }
  }

  /** Ends all requests under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
