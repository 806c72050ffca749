package io.crontopus.agent.ship;

import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import io.crontopus.agent.spool.OutputText;
import io.crontopus.agent.spool.RawOutput;
import io.crontopus.agent.spool.Spool;
import io.crontopus.agent.spool.SpoolRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what waits in the spool, oldest first. A record goes only when the platform said that it
 * has it; a crash in between sends it once more, which the platform takes as the same.
 */
public final class Shipper {

  private static final Logger LOG = Logger.getLogger(Shipper.class.getName());
  private static final int MOST_RECORDS = 200;
  private static final int MOST_CHARACTERS = 500_000;
  private static final int MOST_OUTPUT = 1 << 20;

  private final Spool spool;
  private final PlatformClient client;

  /** Sends a spool's records to a platform. */
  public Shipper(Spool spool, PlatformClient client) {
    this.spool = spool;
    this.client = client;
  }

  /** What came of it: everything was sent, or how long the platform asks to be left alone. */
  public sealed interface Outcome {

    /** Nothing waits. */
    record Empty() implements Outcome {}

    /** What is left has to wait. */
    record Later(String why, Optional<Duration> pause) implements Outcome {}
  }

  private record Item(SpoolRecord entry, ObjectNode body, int size) {}

  /** Sends until nothing is left or the platform cannot take any more. */
  public Outcome ship() throws IOException, InterruptedException {
    int most = MOST_RECORDS;
    List<String> waiting = spool.list();
    while (!waiting.isEmpty()) {
      List<Item> batch = batch(waiting, most);
      if (!batch.isEmpty()) {
        try {
          Optional<Outcome> stop = settle(batch, send(batch));
          if (stop.isPresent()) {
            return stop.get();
          }
        } catch (PlatformException e) {
          if (!isAboutTheContent(e)) {
            return new Outcome.Later(String.valueOf(e.getMessage()), e.retryAfter());
          }
          if (batch.size() > 1) {
            most = batch.size() / 2;
            continue;
          }
          SpoolRecord entry = batch.getFirst().entry();
          reject(entry, String.valueOf(e.getMessage()));
        }
      }
      waiting = spool.list();
    }
    return new Outcome.Empty();
  }

  private List<Item> batch(List<String> names, int most) throws IOException {
    List<Item> batch = new ArrayList<>();
    int size = 0;
    for (String name : names) {
      Optional<SpoolRecord> entry = spool.read(name);
      if (entry.isEmpty()) {
        continue;
      }
      Item item = item(entry.get());
      size += item.size();
      if (!batch.isEmpty() && (batch.size() >= most || size > MOST_CHARACTERS)) {
        break;
      }
      batch.add(item);
    }
    return batch;
  }

  private Item item(SpoolRecord entry) throws IOException {
    OutputText output = new OutputText("", false);
    if (entry.end().isPresent() && entry.maxBytes() > 0) {
      RawOutput raw = spool.output(entry.runId(), MOST_OUTPUT);
      output = OutputText.of(raw, entry.end().get().lostBytes(), entry.maxBytes(), entry.redact());
    }
    return new Item(entry, CheckIn.of(entry, output, client.json()), 500 + output.text().length());
  }

  private JsonNode send(List<Item> batch) throws PlatformException, InterruptedException {
    ObjectNode body = client.json().createObjectNode();
    ArrayNode checkins = body.putArray("checkins");
    batch.forEach(item -> checkins.add(item.body()));
    return client.post("/api/checkins/batch", body).path("results");
  }

  /** Acts on each result; a result that asks to come again later ends this round. */
  private Optional<Outcome> settle(List<Item> batch, JsonNode results) throws IOException {
    if (!results.isArray() || results.size() != batch.size()) {
      return Optional.of(
          new Outcome.Later(
              "the platform answered %d results for %d check-ins"
                  .formatted(results.size(), batch.size()),
              Optional.empty()));
    }
    Optional<Outcome> later = Optional.empty();
    for (int i = 0; i < batch.size(); i++) {
      SpoolRecord entry = batch.get(i).entry();
      JsonNode result = results.get(i);
      int code = result.path("code").asInt(0);
      if (code / 100 == 2) {
        spool.delete(entry);
      } else if (isFinal(code)) {
        reject(entry, "the platform answered " + code + ": " + result.path("problem"));
      } else if (later.isEmpty()) {
        later =
            Optional.of(
                new Outcome.Later(
                    "the platform answered " + code + " for a check-in", Optional.empty()));
      }
    }
    return later;
  }

  private void reject(SpoolRecord entry, String reason) throws IOException {
    LOG.warning(
        "run %s of %s/%s was refused: %s"
            .formatted(entry.runId(), entry.namespace(), entry.name(), reason));
    spool.reject(entry.file(), Optional.of(entry), reason);
  }

  /** Whether the same check-in would be refused for ever. */
  private static boolean isFinal(int code) {
    return switch (code) {
      case 401, 403, 408, 425, 429 -> false;
      default -> code >= 400 && code < 500;
    };
  }

  private static boolean isAboutTheContent(PlatformException e) {
    return switch (e.status()) {
      case 400, 413, 422 -> true;
      default -> false;
    };
  }
}
