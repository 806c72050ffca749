package io.crontopus.cli.http;

import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * The platform's HTTP API. Every method throws {@link Failure} when there is no answer, or one that
 * is not a success; a credential that ran out is renewed once.
 *
 * <p>Close it: the JVM waits 300 ms at its end for a thread that still listens to the network.
 */
public final class ApiClient implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final Duration TIME_TO_CLOSE = Duration.ofMillis(200);

  private final ServerUrl server;
  private final TokenSource tokens;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param timeout for one answer as a whole
   * @param caFile certificates to trust in place of those that the JDK comes with
   */
  public ApiClient(ServerUrl server, TokenSource tokens, Duration timeout, Optional<Path> caFile) {
    this.server = server;
    this.tokens = tokens;
    this.timeout = timeout;
    this.http = HttpClients.forServer(server, shorter(timeout, LONGEST_CONNECT), caFile);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  public ServerUrl server() {
    return server;
  }

  public JsonNode get(String path, Query query) {
    return json(send(request(path, query).GET()));
  }

  public JsonNode get(String path) {
    return get(path, Query.NONE);
  }

  public JsonNode post(String path, JsonNode body) {
    return json(send(postRequest(path, "application/json", body.toString())));
  }

  /** A POST that is answered without a body. */
  public void postForNothing(String path, JsonNode body) {
    send(postRequest(path, "application/json", body.toString()));
  }

  public JsonNode patch(String path, JsonNode body) {
    return json(
        send(
            request(path, Query.NONE)
                .setHeader("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body.toString()))));
  }

  public JsonNode postForm(String path, Query form) {
    return json(send(postRequest(path, "application/x-www-form-urlencoded", form.asForm())));
  }

  /**
   * A POST of a form to a route of OAuth's: its refusals (400 with {@code error}, RFC 6749, 5.2)
   * are answers like any other.
   */
  public JsonNode postGrant(String path, Query form) {
    Answer answer =
        exchanged(postRequest(path, "application/x-www-form-urlencoded", form.asForm()));
    boolean isRefusal =
        answer.status() == 400 && answer.json().filter(json -> json.has("error")).isPresent();
    return json(isRefusal ? answer : successful(answer));
  }

  public void delete(String path) {
    send(request(path, Query.NONE).DELETE());
  }

  /** All elements of a list, page by page as they are asked for, at most {@code limit} of them. */
  public Pages pages(String path, Query query, String key, long limit) {
    return new Pages(this, path, query, key, limit);
  }

  /** Opens a stream of events; it has no time limit once it is open. */
  EventStream events(String path, Query query, String lastEventId) {
    HttpRequest.Builder request =
        request(path, query).setHeader("Accept", "text/event-stream").GET();
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    return EventStream.of(response, server);
  }

  /** Opens an answer of lines; it has no time limit once it is open. */
  public TextLines lines(String path, Query query, String type) {
    HttpRequest.Builder request =
        request(path, query).setHeader("Accept", type + ", application/problem+json").GET();
    return TextLines.of(exchange(request, BodyHandlers.ofInputStream()), type, server);
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      boolean _ = http.awaitTermination(TIME_TO_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder postRequest(String path, String type, String body) {
    return request(path, Query.NONE)
        .setHeader("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path, Query query) {
    URI uri = server.api(path, query);
    return HttpRequest.newBuilder(uri)
        .setHeader("Accept", "application/json, application/problem+json")
        .setHeader("User-Agent", "crontopus-cli");
  }

  private Answer send(HttpRequest.Builder request) {
    return successful(exchanged(request));
  }

  private Answer exchanged(HttpRequest.Builder request) {
    HttpResponse<String> response =
        exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    return answer(response, response.body());
  }

  private Answer successful(Answer answer) {
    if (!answer.isSuccess()) {
      throw Rejection.of(answer, server);
    }
    return answer;
  }

  static Answer answer(HttpResponse<?> response, String body) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("Retry-After").orElse(null),
        body);
  }

  private JsonNode json(Answer answer) {
    return answer
        .json()
        .filter(JsonNode::isContainer)
        .orElseThrow(() -> Rejection.notThePlatform(answer, server));
  }

  private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) {
    HttpResponse<T> response = exchangeOnce(request, handler);
    return response.statusCode() == 401 && tokens.renew()
        ? exchangeOnce(request, handler)
        : response;
  }

  private <T> HttpResponse<T> exchangeOnce(HttpRequest.Builder request, BodyHandler<T> handler) {
    tokens.token().ifPresent(token -> authorize(request, token));
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request.build(), handler);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw Unreachable.of(cause(e), server, timeout);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Unreachable.of(e, server, timeout);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "Interrupted.");
    }
  }

  private static Throwable cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  private static void authorize(HttpRequest.Builder request, String token) {
    try {
      request.setHeader("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.NOT_AUTHORISED, "The token holds characters that none may have.");
    }
  }
}
