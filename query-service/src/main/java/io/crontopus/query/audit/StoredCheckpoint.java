package io.crontopus.query.audit;

import static io.crontopus.query.database.Columns.number;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.time;

import io.crontopus.proof.tree.Hash;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that was signed.
 *
 * @param platformIndex the leaf of the platform's log that it is; null for one of that log itself
 */
record StoredCheckpoint(
    long size, Hash root, String note, @Nullable Long platformIndex, Instant signedAt) {

  static StoredCheckpoint of(Readable row) {
    return new StoredCheckpoint(
        number(row, "size"),
        AuditRow.hash(row, "root"),
        text(row, "note"),
        row.get("platform_index", Long.class),
        time(row, "signed_at"));
  }
}
