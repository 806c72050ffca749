package io.crontopus.agent.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events. */
public final class EventReader {

  private EventReader() {}

  /** An event. */
  public record Event(String name, String data) {}

  /**
   * Hands on events until the stream ends.
   *
   * @param onLine called for every line, comments too: the sign that the other side lives
   */
  public static void read(InputStream stream, Runnable onLine, Consumer<Event> onEvent)
      throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
    String name = "message";
    StringBuilder data = new StringBuilder();
    @Nullable String line = reader.readLine();
    while (line != null) {
      onLine.run();
      if (line.isEmpty()) {
        if (!data.isEmpty() || !name.equals("message")) {
          onEvent.accept(new Event(name, data.toString()));
        }
        name = "message";
        data.setLength(0);
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring(5).strip());
      }
      line = reader.readLine();
    }
  }
}
