package io.crontopus.agent.inventory;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the agent has put into the scheduler: all that it may ever remove from there.
 *
 * @param scheduler the scheduler's name
 * @param commit the commit that was applied last
 * @param settled the last commit that was applied with nothing held back
 * @param jobs what is scheduled
 */
public record Inventory(
    String scheduler, Optional<String> commit, Optional<String> settled, List<ScheduledJob> jobs) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Inventory {
    jobs = List.copyOf(jobs);
  }

  /** Reads it; empty on the first start. */
  public static Inventory read(DataDir data) throws IOException {
    Path file = file(data);
    if (!Files.exists(file)) {
      return new Inventory("", Optional.empty(), Optional.empty(), List.of());
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      List<ScheduledJob> jobs = new ArrayList<>();
      json.path("jobs").forEach(job -> jobs.add(job(job)));
      return new Inventory(
          json.path("scheduler").asString(""), text(json, "commit"), text(json, "settled"), jobs);
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged; delete it if the scheduled jobs are as wanted", e);
    }
  }

  /** Stores it. */
  public void write(DataDir data) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("scheduler", scheduler);
    json.put("commit", commit.orElse(""));
    json.put("settled", settled.orElse(""));
    ArrayNode array = json.putArray("jobs");
    for (ScheduledJob job : jobs) {
      ObjectNode node = array.addObject();
      node.put("id", job.id());
      node.put("namespace", job.namespace());
      node.put("name", job.name());
      node.put("path", job.path());
      ArrayNode expressions = node.putArray("schedule");
      job.expressions().forEach(expressions::add);
      node.put("timezone", job.timezone());
      node.put("paused", job.paused());
    }
    AtomicFile.writeIfChanged(file(data), json.toPrettyString() + "\n");
  }

  private static ScheduledJob job(JsonNode node) {
    List<String> expressions = new ArrayList<>();
    node.path("schedule").forEach(expression -> expressions.add(expression.asString("")));
    return new ScheduledJob(
        node.path("id").asString(""),
        node.path("namespace").asString(""),
        node.path("name").asString(""),
        node.path("path").asString(""),
        expressions,
        node.path("timezone").asString("UTC"),
        node.path("paused").asBoolean(false));
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.of(json.path(field).asString("")).filter(text -> !text.isEmpty());
  }

  private static Path file(DataDir data) {
    return data.state().resolve("inventory.json");
  }
}
