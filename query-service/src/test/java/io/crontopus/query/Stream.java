package io.crontopus.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that watches; what it got so far can be looked at at any time. */
public final class Stream implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** One event. */
  public record Event(String id, String name, String data) {}

  private final int status;
  private final InputStream body;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Thread reading;
  private volatile String lastId = "";
  private volatile boolean ended;

  private Stream(HttpResponse<InputStream> response) {
    status = response.statusCode();
    body = response.body();
    reading = Thread.ofVirtual().start(this::read);
  }

  /** Watches, from a cursor on or, when it is empty, from now on. */
  public static Stream open(Api api, String topics, String lastEventId) {
    HttpRequest.Builder request = api.request("/api/stream?topics=" + topics);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return new Stream(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** The events so far. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The cursor that a client would come back with. */
  public String lastId() {
    return lastId;
  }

  /** Whether the server has ended it. */
  public boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    try {
      body.close();
      reading.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id:")) {
          lastId = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5));
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(lastId, name, data.toString()));
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      // closed by either side
    }
    ended = true;
  }
}
