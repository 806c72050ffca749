package io.crontopus.cli.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server on the loopback interface that answers as the platform's contract says. */
public final class TestPlatform implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public TestPlatform() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            body);
    requests.add(request);
    replies
        .getOrDefault(request.method() + " " + request.path(), TestPlatform::notFound)
        .apply(request)
        .send(exchange);
  }

  private static Reply notFound(Request request) {
    return Reply.problem(404, "not-found", "Not found", "There is nothing at this address.");
  }

  /** Answers requests such as {@code GET /api/runs}. */
  public TestPlatform on(String request, Reply reply) {
    return answering(request, anything -> reply);
  }

  public TestPlatform answering(String request, Function<Request, Reply> reply) {
    replies.put(request, reply);
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests so far, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public Request lastRequest() {
    return requests.getLast();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
