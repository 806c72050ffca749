package io.crontopus.projection.audit;

import io.crontopus.eventstore.StoredEvent;
import io.crontopus.proof.leaf.AuditLeaf;
import io.crontopus.proof.tree.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the domain log as it lies there. */
record LoggedEvent(long position, AuditLeaf content, EventOrigin origin) {

  /** The columns of {@link #read}, in order, of a table or sub-query {@code d}. */
  static final String COLUMNS =
      "d.global_index, d.event_id, d.type, d.aggregate_id, d.sequence, d.payload_type, d.payload_revision,"
          + " d.recorded_at, d.metadata, d.payload";

  /** An event that was read already. */
  static LoggedEvent of(StoredEvent event) {
    AuditLeaf content =
        new AuditLeaf(
            "",
            0,
            event.eventId(),
            event.aggregateType(),
            event.aggregateId(),
            event.sequence(),
            event.name(),
            event.revision(),
            event.recordedAtText(),
            event.metadata(),
            event.payload());
    return logged(event.position(), content);
  }

  /** Reads a row; the columns begin behind {@code offset} others. */
  static LoggedEvent read(ResultSet row, int offset) throws SQLException {
    AuditLeaf content =
        new AuditLeaf(
            "",
            0,
            row.getString(offset + 2),
            row.getString(offset + 3),
            row.getString(offset + 4),
            row.getLong(offset + 5),
            row.getString(offset + 6),
            row.getString(offset + 7),
            row.getString(offset + 8),
            row.getBytes(offset + 9),
            row.getBytes(offset + 10));
    return logged(row.getLong(offset + 1), content);
  }

  private static LoggedEvent logged(long position, AuditLeaf content) {
    return new LoggedEvent(
        position,
        content,
        EventOrigin.of(content.metadata(), content.payload(), content.aggregateId()));
  }

  /** The hash of its leaf when it stands at this place of this log. */
  Hash leafHash(String tenantId, long seq) {
    return Hash.ofLeaf(content.of(tenantId, seq).encode());
  }
}
