package io.crontopus.agent.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the wrapper's JSON to records. */
final class RecordReader {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordReader() {}

  /** Reads a record; throws a {@link RuntimeException} for anything that is none. */
  static SpoolRecord read(String file, byte[] content) {
    JsonNode json = JSON.readTree(content);
    Optional<SpoolRecord.End> end =
        json.path("type").asString("").equals("finish") ? Optional.of(end(json)) : Optional.empty();
    return new SpoolRecord(
        file,
        required(json, "run_id"),
        required(json, "job_id"),
        required(json, "namespace"),
        required(json, "name"),
        json.path("commit").asString(""),
        Instant.ofEpochMilli(json.required("started_ms").longValue()),
        end,
        json.path("max_bytes").asInt(10_000),
        texts(json.path("redact")),
        Duration.ofMillis(json.path("min_runtime_ms").asLong(0)));
  }

  private static SpoolRecord.End end(JsonNode json) {
    return new SpoolRecord.End(
        Instant.ofEpochMilli(json.required("finished_ms").longValue()),
        text(json, "status"),
        text(json, "reason"),
        json.has("exit_code")
            ? OptionalInt.of(json.required("exit_code").intValue())
            : OptionalInt.empty(),
        json.path("attempt").asInt(1),
        json.path("lost_bytes").asLong(0));
  }

  private static String required(JsonNode json, String field) {
    return text(json, field)
        .orElseThrow(() -> new IllegalArgumentException("the record lacks " + field));
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.of(json.path(field).asString("")).filter(text -> !text.isEmpty());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asString("")));
    return texts;
  }
}
