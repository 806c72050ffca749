package io.crontopus.agent.status;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.InstanceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the daemon is doing, kept in a file that {@code agent status} reads. */
public final class AgentStatus {

  private static final Logger LOG = Logger.getLogger(AgentStatus.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DataDir data;
  private final Clock clock;
  private final ObjectNode status = JSON.createObjectNode();

  /** The status of a daemon that starts now. */
  public AgentStatus(DataDir data, String scheduler, Clock clock) {
    this.data = data;
    this.clock = clock;
    status.put("pid", ProcessHandle.current().pid());
    status.put("started_at", clock.instant().toString());
    status.put("scheduler", scheduler);
  }

  /** Notes the result of a sync. */
  public synchronized void synced(InstanceReport report) {
    status.put("applied_commit", report.commit());
    status.put("applied_at", clock.instant().toString());
    status.set("report", report.toJson(JSON, clock.instant()));
    write();
  }

  /** Notes whether something works; an absent problem means that it does. */
  public synchronized void works(String what, Optional<String> problem) {
    Instant now = clock.instant();
    if (problem.isEmpty()) {
      status.put(what + "_ok_at", now.toString());
    }
    @Nullable String text = problem.orElse(null);
    status.put(what + "_problem", text);
    write();
  }

  private void write() {
    try {
      AtomicFile.write(file(data), status.toPrettyString() + "\n");
    } catch (IOException e) {
      LOG.fine("cannot write " + file(data) + ": " + e.getMessage());
    }
  }

  /** What the last daemon noted; empty when none ever ran. */
  static Optional<JsonNode> read(DataDir data) throws IOException {
    if (!Files.exists(file(data))) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(Files.readAllBytes(file(data))));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Path file(DataDir data) {
    return data.state().resolve("status.json");
  }
}
