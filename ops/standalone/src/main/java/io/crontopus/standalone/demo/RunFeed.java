package io.crontopus.standalone.demo;

import io.crontopus.standalone.api.PlatformApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints each run when it has ended, as the platform streams it. */
final class RunFeed {

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final PlatformApi api;
  private final PrintStream out;
  private final Set<String> shown = new HashSet<>();
  private String cursor = "";

  RunFeed(PlatformApi api, PrintStream out) {
    this.api = api;
    this.out = out;
  }

  /** Goes on until the process ends. */
  void follow() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      Map<String, String> headers = cursor.isEmpty() ? Map.of() : Map.of("Last-Event-ID", cursor);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  api.open("/api/stream?topics=runs", headers), StandardCharsets.UTF_8))) {
        read(lines);
      } catch (IOException e) {
        Thread.sleep(RETRY);
      }
    }
  }

  private void read(BufferedReader lines) throws IOException {
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        cursor = line.substring("id:".length()).strip();
      } else if (line.startsWith("event:")) {
        event = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:") && event.equals("runs")) {
        take(JsonMapper.shared().readTree(line.substring("data:".length())));
      }
    }
  }

  private void take(JsonNode run) {
    String id = run.path("run_id").asString("");
    if (run.path("finished_at").isString() && shown.add(id)) {
      print(api.get("/api/runs/" + id).expected());
    }
  }

  private void print(JsonNode run) {
    out.printf(
        Locale.ROOT,
        "%s  %-8s  %-8s  exit %-3s  %6.2f s%n",
        TIME.format(
            Instant.parse(run.path("started_at").asString(run.path("finished_at").asString()))),
        run.path("job_name").asString(),
        run.path("status").asString(),
        run.path("exit_code").isNumber() ? run.path("exit_code").asInt() : "-",
        run.path("duration").asDouble(0));
    run.path("output").asString("").lines().forEach(line -> out.println("          | " + line));
  }
}
