package io.crontopus.bench.audit;

import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.platform.ChildProcess;
import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.Goal;
import io.crontopus.bench.session.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code crontopus audit export} and {@code verify}, as an auditor types them. */
final class Export {

  private Export() {}

  static void measure(Session session, BenchPlatform platform, String token, long events)
      throws IOException, InterruptedException {
    Path data = platform.data();
    Path file = data.resolveSibling("log.ndjson");
    Path tokenFile = Files.writeString(data.resolveSibling("token"), token);
    Path key = Files.writeString(data.resolveSibling("audit.pub"), keys(platform));
    double startUp = seconds("--version");
    double export =
        seconds(
            "audit",
            "export",
            "--to-seq",
            String.valueOf(events - 1),
            "--file",
            file.toString(),
            "--server",
            platform.url().toString(),
            "--token-file",
            tokenFile.toString());
    double verify = seconds("audit", "verify", file.toString(), "--key", key.toString());
    session.add(
        Figure.of("audit export", events / (export - startUp), "/s", Goal.none())
            .with("events", events)
            .with("seconds_with_start_up", export)
            .with("bytes", Files.size(file)));
    session.add(
        Figure.of("audit verify", events / (verify - startUp), "/s", Goal.none())
            .limitedBy("hashing on one core", HashRate.measure(leafBytes(file)))
            .with("events", events)
            .with("seconds_with_start_up", verify)
            .with("micros_per_leaf", 1e6 * (verify - startUp) / events));
  }

  private static double seconds(String... arguments) throws InterruptedException {
    long start = System.nanoTime();
    ChildProcess.launcher("command", Map.of(), arguments).awaitSuccess();
    return (System.nanoTime() - start) / 1e9;
  }

  private static String keys(BenchPlatform platform) throws InterruptedException {
    StringBuilder keys = new StringBuilder();
    for (JsonNode key : platform.owner().get("/api/audit/keys").path("keys")) {
      keys.append(key.path("key").asString()).append('\n');
    }
    return keys.toString();
  }

  /** How long the last of the copied leaves is; they are all about alike. */
  private static int leafBytes(Path file) throws IOException {
    String last = "";
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine();
          line != null && line.startsWith("{\"seq\"");
          line = lines.readLine()) {
        last = line;
      }
    }
    String leaf = JsonMapper.shared().readTree(last).path("leaf").asString();
    return Base64.getDecoder().decode(leaf).length;
  }
}
