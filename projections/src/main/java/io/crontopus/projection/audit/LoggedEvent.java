package io.crontopus.projection.audit;

import io.crontopus.proof.leaf.AuditLeaf;
import io.crontopus.proof.tree.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of the domain log as it lies there. */
record LoggedEvent(long position, AuditLeaf content, EventOrigin origin) {

  /** The columns of {@link #read}, in order, of a table or sub-query {@code d}. */
  static final String COLUMNS =
      "d.global_index, d.event_id, d.type, d.aggregate_id, d.sequence, d.payload_type, d.payload_revision,"
          + " d.recorded_at, d.metadata, d.payload";

  /** Reads a row; the columns begin behind {@code offset} others. */
  static LoggedEvent read(ResultSet row, int offset) throws SQLException {
    byte @Nullable [] metadata = row.getBytes(offset + 9);
    byte[] payload = row.getBytes(offset + 10);
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
            metadata,
            payload);
    return new LoggedEvent(
        row.getLong(offset + 1), content, EventOrigin.of(metadata, payload, content.aggregateId()));
  }

  /** The hash of its leaf when it stands at this place of this log. */
  Hash leafHash(String tenantId, long seq) {
    return Hash.ofLeaf(content.of(tenantId, seq).encode());
  }
}
