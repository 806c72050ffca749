package io.crontopus.cli.audit;

import io.crontopus.cli.http.Json;
import io.crontopus.proof.leaf.AuditLeaf;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Whether a line says what its leaf says: people read the one, and the other is hashed. */
final class LeafCheck {

  private LeafCheck() {}

  /** The name of a field that does not; empty when all do. */
  static Optional<String> difference(EventLine line, AuditLeaf leaf) {
    if (leaf.seq() != line.seq()) {
      return Optional.of("seq");
    }
    if (!leaf.tenantId().equals(line.tenantId())) {
      return Optional.of("tenant_id");
    }
    if (!leaf.type().equals(line.type())) {
      return Optional.of("type");
    }
    if (!sameTime(leaf.recordedAt(), line.time())) {
      return Optional.of("time");
    }
    JsonNode metadata = json(leaf.metadata());
    if (!metadata.path("actor").asString("").equals(line.json().path("actor").asString(""))) {
      return Optional.of("actor");
    }
    return Objects.equals(json(leaf.payload()), line.json().path("payload"))
        ? Optional.empty()
        : Optional.of("payload");
  }

  /** Lines have milliseconds; what is no time in the leaf cannot be one in the line. */
  private static boolean sameTime(String stored, String shown) {
    try {
      return Instant.parse(stored).toEpochMilli() == Instant.parse(shown).toEpochMilli();
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static JsonNode json(byte @Nullable [] bytes) {
    try {
      return bytes == null
          ? NullNode.getInstance()
          : Json.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return NullNode.getInstance();
    }
  }
}
