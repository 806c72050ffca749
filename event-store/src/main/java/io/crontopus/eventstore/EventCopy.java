package io.crontopus.eventstore;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an event table in the binary format of PostgreSQL's {@code COPY}: the cheapest way in.
 * Format: "File Formats, Binary Format" in PostgreSQL's manual of COPY.
 */
final class EventCopy {

  /** The columns that the rows have, in order. */
  static final String COLUMNS =
      "aggregate_id, sequence, type, event_id, recorded_at, payload_type, payload_revision, payload, metadata";

  private static final int COLUMN_COUNT = 9;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  private final ByteArrayOutputStream bytes;
  private final DataOutputStream out;

  EventCopy(int rows) throws IOException {
    bytes = new ByteArrayOutputStream(64 + rows * 768);
    out = new DataOutputStream(bytes);
    out.write(SIGNATURE);
    out.writeInt(0);
    out.writeInt(0);
  }

  void row(
      NewEvent event,
      String recordedAt,
      String name,
      @Nullable String revision,
      byte[] payload,
      byte[] metadata)
      throws IOException {
    out.writeShort(COLUMN_COUNT);
    text(event.aggregateId());
    out.writeInt(Long.BYTES);
    out.writeLong(event.sequence());
    text(event.aggregateType());
    text(event.id());
    text(recordedAt);
    text(name);
    text(revision);
    binary(payload);
    binary(metadata);
  }

  /** All rows; nothing may be added after. */
  byte[] finish() throws IOException {
    out.writeShort(-1);
    return bytes.toByteArray();
  }

  private void text(@Nullable String value) throws IOException {
    if (value == null) {
      out.writeInt(-1);
    } else {
      binary(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void binary(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }
}
