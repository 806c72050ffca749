package io.crontopus.query.audit;

import io.crontopus.proof.tree.Hash;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The lines of an export. */
final class ExportLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ExportLines() {}

  static byte[] events(List<AuditRow> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(rows.size() * 2_048);
    rows.forEach(row -> out.writeBytes(event(row)));
    return out.toByteArray();
  }

  private static byte[] event(AuditRow row) {
    return line(
        json -> {
          json.writeNumberProperty("seq", row.seq());
          json.writeStringProperty("type", row.type());
          json.writeStringProperty("time", time(row.time()));
          json.writeStringProperty("tenant_id", row.tenantId());
          json.writeStringProperty("actor", row.actor());
          json.writeName("payload");
          if (row.leaf() == null) {
            json.writeNull();
            json.writeNullProperty("leaf");
          } else {
            StoredJson.write(row.leaf().payload(), json);
            json.writeStringProperty(
                "leaf", Base64.getEncoder().encodeToString(row.leaf().encode()));
          }
          json.writeStringProperty("leaf_hash", row.leafHash().base64());
          json.writeStringProperty("chain", row.chain().base64());
        });
  }

  /** What of the tree is on both sides of the exported events. */
  static byte[] range(long fromSeq, long toSeq, List<Hash> before, Hash chain, List<Hash> after) {
    return line(
        json -> {
          json.writeStringProperty("kind", "range");
          json.writeNumberProperty("from_seq", fromSeq);
          json.writeNumberProperty("to_seq", toSeq);
          hashes(json, "before", before);
          json.writeStringProperty("chain_before", chain.base64());
          hashes(json, "after", after);
        });
  }

  static byte[] key(AuditKeys.Key key) {
    return line(
        json -> {
          json.writeStringProperty("kind", "key");
          json.writeStringProperty("key", key.key());
          json.writeStringProperty("valid_from", time(key.validFrom()));
          if (key.validTo() == null) {
            json.writeNullProperty("valid_to");
          } else {
            json.writeStringProperty("valid_to", time(key.validTo()));
          }
        });
  }

  static byte[] checkpoint(StoredCheckpoint checkpoint) {
    return line(
        json -> {
          json.writeStringProperty("kind", "checkpoint");
          json.writeNumberProperty("tree_size", checkpoint.size());
          json.writeStringProperty("signed_at", time(checkpoint.signedAt()));
          json.writeStringProperty("note", checkpoint.note());
        });
  }

  private static void hashes(JsonGenerator json, String name, List<Hash> hashes) {
    json.writeArrayPropertyStart(name);
    hashes.forEach(hash -> json.writeString(hash.base64()));
    json.writeEndArray();
  }

  private static byte[] line(Consumer<JsonGenerator> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    out.write('\n');
    return out.toByteArray();
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }
}
