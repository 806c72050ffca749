package io.crontopus.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An open stream of events. Reading blocks until the next one, or until the stream ends. */
final class EventStream implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private final EventParser parser = new EventParser();
  private final SilenceLimit silence;

  private EventStream(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.silence = new SilenceLimit(this::close);
  }

  static EventStream of(HttpResponse<InputStream> response, ServerUrl server) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (response.statusCode() == 200
        && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
      return new EventStream(response.body());
    }
    Answer answer = ApiClient.answer(response, start(response.body()));
    throw answer.isSuccess()
        ? Rejection.notThePlatform(answer, server)
        : Rejection.of(answer, server);
  }

  private static String start(InputStream body) {
    try (body) {
      return new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The next event; empty when the stream has ended, or was silent for so long that it is dead. */
  Optional<Event> next() throws IOException {
    while (true) {
      String line = lines.readLine();
      silence.broken();
      if (line == null) {
        return Optional.empty();
      }
      Optional<Event> event = parser.line(line);
      if (event.isPresent()) {
        return event;
      }
    }
  }

  /** How long the server wants clients to wait before they come back, if it said so. */
  Optional<Duration> retry() {
    return parser.retry();
  }

  @Override
  public void close() {
    silence.close();
    try {
      body.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }
}
