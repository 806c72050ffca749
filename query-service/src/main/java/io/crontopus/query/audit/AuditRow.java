package io.crontopus.query.audit;

import static io.crontopus.query.database.Columns.number;
import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.text;

import io.crontopus.proof.leaf.AuditLeaf;
import io.crontopus.proof.tree.Hash;
import io.crontopus.query.database.Columns;
import io.r2dbc.spi.Readable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log with the event as it is stored now.
 *
 * @param leaf the stored event; null when it is gone
 * @param leafHash what was hashed when the event was taken in
 */
record AuditRow(
    String tenantId,
    long seq,
    Instant loggedAt,
    String loggedType,
    String loggedActor,
    String subject,
    Hash leafHash,
    Hash chain,
    @Nullable AuditLeaf leaf) {

  static AuditRow of(Readable row) {
    String tenant = text(row, "tenant_id");
    long seq = number(row, "seq");
    return new AuditRow(
        tenant,
        seq,
        Columns.time(row, "logged_at"),
        text(row, "logged_type"),
        text(row, "logged_actor"),
        text(row, "subject"),
        hash(row, "leaf_hash"),
        hash(row, "chain"),
        leaf(row, tenant, seq));
  }

  /** What the stored event says it is; what it was when it is gone. */
  String type() {
    return leaf == null ? loggedType : leaf.type();
  }

  /** When it was recorded; to the millisecond. */
  Instant time() {
    Instant time = loggedAt;
    if (leaf != null) {
      try {
        time = Instant.parse(leaf.recordedAt());
      } catch (DateTimeException e) {
        // somebody wrote something else over it; the leaf shows what
      }
    }
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  /** Who caused it, as the stored event says. */
  String actor() {
    return leaf == null ? loggedActor : StoredJson.text(leaf.metadata(), "actor");
  }

  /** Whether the stored event still is the one that was hashed. */
  boolean intact() {
    return leaf != null && Hash.ofLeaf(leaf.encode()).equals(leafHash);
  }

  static Hash hash(Readable row, String column) {
    return Hash.of(bytes(row, column));
  }

  private static @Nullable AuditLeaf leaf(Readable row, String tenant, long seq) {
    String eventId = optionalText(row, "event_id");
    return eventId == null
        ? null
        : new AuditLeaf(
            tenant,
            seq,
            eventId,
            optionalText(row, "aggregate_type"),
            text(row, "aggregate_id"),
            number(row, "sequence"),
            text(row, "payload_type"),
            optionalText(row, "payload_revision"),
            text(row, "recorded_at"),
            row.get("metadata", byte[].class),
            bytes(row, "payload"));
  }

  private static byte[] bytes(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, byte[].class), column);
  }
}
