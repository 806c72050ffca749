package io.crontopus.standalone.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that watches the runs as a browser does: when its stream ends it comes back with its
 * cursor, to the next node if there are several, and reads the list when it is told to.
 */
public final class LiveRuns implements AutoCloseable {

  private static final long BEFORE_THE_NEXT_ATTEMPT = 50;

  private final List<PlatformProcess> nodes;
  private final String token;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final AtomicInteger streams = new AtomicInteger();
  private final Thread thread;
  private volatile String cursor = "";
  private volatile boolean closed;

  private LiveRuns(List<PlatformProcess> nodes, String token) {
    this.nodes = List.copyOf(nodes);
    this.token = token;
    this.thread = Thread.ofVirtual().unstarted(this::follow);
  }

  /** Watches, the first of the nodes at first. */
  public static LiveRuns watch(String token, PlatformProcess... nodes) {
    LiveRuns runs = new LiveRuns(List.of(nodes), token);
    runs.thread.start();
    return runs;
  }

  /** The runs that it knows of. */
  public Set<String> known() {
    return Set.copyOf(known);
  }

  /** How many streams have been opened so far. */
  public int streams() {
    return streams.get();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    for (int attempt = 0; !closed; attempt++) {
      PlatformProcess node = nodes.get(attempt % nodes.size());
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        try {
          read(http, node);
        } catch (IOException | RuntimeException e) {
          Thread.sleep(BEFORE_THE_NEXT_ATTEMPT);
        } finally {
          http.shutdownNow();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read(HttpClient http, PlatformProcess node)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + "/api/stream?topics=runs"))
            .header("Authorization", "Bearer " + token);
    if (!cursor.isEmpty()) {
      request.header("Last-Event-ID", cursor);
    }
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IOException("answered " + answer.statusCode());
    }
    streams.incrementAndGet();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String id = cursor;
      String name = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id:")) {
          id = line.substring("id:".length()).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring("data:".length());
        } else if (line.isEmpty()) {
          take(node, name, data);
          // Only now: an event that is cut off in the middle has to come again.
          cursor = id;
          name = "";
          data = "";
        }
      }
    }
  }

  private void take(PlatformProcess node, String name, String data) {
    if (name.equals("runs")) {
      known.add(JsonMapper.shared().readTree(data).path("run_id").asString());
    } else if (name.equals("reset")) {
      String page = "";
      do {
        JsonNode runs = new ApiClient(node.url(), token).get("/api/runs?limit=1000" + page).json();
        runs.path("runs").forEach(run -> known.add(run.path("run_id").asString()));
        JsonNode next = runs.path("next_cursor");
        page = next.isString() ? "&cursor=" + next.asString() : "";
      } while (!page.isEmpty());
    }
  }
}
