package io.crontopus.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The platform's routes that the agent uses, remembering what it was told. */
public final class FakePlatform implements AutoCloseable {

  public static final JsonMapper JSON = JsonMapper.builder().build();

  /** An answer. */
  public record Answer(int status, String body, @Nullable String retryAfter) {
    public static Answer of(int status) {
      return new Answer(status, "{\"detail\":\"because\"}", null);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<Answer> nextAnswers = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
  public final List<JsonNode> checkins = new CopyOnWriteArrayList<>();
  public final List<JsonNode> heartbeats = new CopyOnWriteArrayList<>();
  public final List<JsonNode> reports = new CopyOnWriteArrayList<>();
  public final List<JsonNode> enrollments = new CopyOnWriteArrayList<>();
  public final List<String> tokens = new CopyOnWriteArrayList<>();
  public volatile Function<JsonNode, Integer> judge = checkin -> 201;
  public volatile String gitUrl = "";

  /** The endpoint's token that is handed out when it is exchanged. */
  public volatile String nextToken = "ep_next";

  /** With what exchanged tokens were confirmed. */
  public final List<String> confirmed = new CopyOnWriteArrayList<>();

  /** How many heartbeats came on streams. */
  public final AtomicInteger streamed = new AtomicInteger();

  /** Whether the platform has heartbeat streams. */
  public volatile boolean streams = true;

  /** After how many heartbeats a stream is cut off without a word. */
  public volatile int cutAfter = Integer.MAX_VALUE;

  public FakePlatform() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next requests, but for the command channel, are answered so. */
  public void answerNext(Answer... answers) {
    nextAnswers.addAll(List.of(answers));
  }

  /** Sends an event to whoever listens to the command channel. */
  public void command(String name) {
    commands.add("event: " + name + "\ndata: {}\n\n");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
    if (path.endsWith("/commands")) {
      stream(exchange);
      return;
    }
    if (path.endsWith("/heartbeats") && streams) {
      takeHeartbeats(exchange);
      return;
    }
    if (path.endsWith("/heartbeats")) {
      exchange.sendResponseHeaders(404, -1); // what the client still sends is not waited for
      return;
    }
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    @Nullable Answer canned = nextAnswers.poll();
    if (canned != null) {
      if (canned.retryAfter() != null) {
        exchange.getResponseHeaders().add("Retry-After", canned.retryAfter());
      }
      answer(exchange, canned.status(), canned.body());
    } else if (path.endsWith("/batch")) {
      answer(exchange, 200, settle(body));
    } else if (path.endsWith("/heartbeat")) {
      heartbeats.add(body);
      answer(exchange, 200, "{\"next_in_seconds\":1}");
    } else if (path.endsWith("/job-instances")) {
      reports.add(body);
      answer(exchange, 200, "{\"changed\":1}");
    } else if (path.endsWith("/enroll")) {
      enrollments.add(body);
      answer(
          exchange,
          201,
          """
          {"endpoint_id":"ep-1","token":"ep_secret","tenant_id":"t-1","git_repo_url":"%s","git_branch":"main"}
          """
              .formatted(gitUrl));
    } else if (path.endsWith("/token")) {
      answer(exchange, 201, "{\"token\":\"%s\"}".formatted(nextToken));
    } else if (path.endsWith("/token/confirm")) {
      confirmed.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      answer(exchange, 204, "");
    } else {
      answer(exchange, 404, "{\"detail\":\"no such route\"}");
    }
  }

  private String settle(JsonNode body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode results = answer.putArray("results");
    for (JsonNode checkin : body.path("checkins")) {
      int code = judge.apply(checkin);
      if (code / 100 == 2) {
        checkins.add(checkin);
      }
      results.addObject().put("code", code).put("run_id", checkin.path("run_id").asString());
    }
    return answer.toString();
  }

  private void takeHeartbeats(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write("{\"acked\":0}\n".getBytes(UTF_8));
    out.flush();
    int acked = 0;
    // Not closed when it is cut off: that would wait for the rest of the request.
    BufferedReader in = new BufferedReader(new InputStreamReader(exchange.getRequestBody(), UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (acked == cutAfter) {
        throw new IOException("cut off: the server closes the connection");
      }
      heartbeats.add(JSON.readTree(line));
      streamed.incrementAndGet();
      out.write(("{\"acked\":" + ++acked + ",\"next_in_seconds\":1}\n").getBytes(UTF_8));
      out.flush();
    }
    exchange.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(": hello\n\n".getBytes(UTF_8));
      out.flush();
      while (!threads.isShutdown()) {
        @Nullable String command = commands.poll(200, TimeUnit.MILLISECONDS);
        out.write((command == null ? ": still here\n\n" : command).getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      exchange.close();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
