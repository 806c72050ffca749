package io.crontopus.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.ByteStreamWriter;

/**
 * Rows in the binary format of PostgreSQL's {@code COPY}, the cheapest way in: no statement is
 * planned, no value is turned into text and back. A row is begun with its number of columns, then
 * each column follows, in the type that the table has. Format: "File Formats, Binary Format" in
 * PostgreSQL's manual of COPY.
 */
public final class CopyRows {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final short END = -1;
  private static final int NULL = -1;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int FIRST_CAPACITY = 1 << 14;

  private ByteBuffer out = ByteBuffer.allocate(FIRST_CAPACITY).put(SIGNATURE);
  private int rows;

  /** Begins a row of this many columns. */
  public CopyRows row(int columns) {
    rows++;
    room(Short.BYTES).putShort((short) columns);
    return this;
  }

  /** {@code text} or {@code varchar}; without NUL, which PostgreSQL's texts do not have. */
  public CopyRows text(@Nullable String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code bytea}. */
  public CopyRows bytes(byte @Nullable [] value) {
    if (value == null) {
      return nothing();
    }
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  /** {@code bigint}. */
  public CopyRows int8(@Nullable Long value) {
    return value == null ? nothing() : int8((long) value);
  }

  /** {@code bigint}. */
  public CopyRows int8(long value) {
    room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    return this;
  }

  /** {@code integer}. */
  public CopyRows int4(@Nullable Integer value) {
    if (value == null) {
      return nothing();
    }
    room(Integer.BYTES + Integer.BYTES).putInt(Integer.BYTES).putInt(value);
    return this;
  }

  /** {@code smallint}. */
  public CopyRows int2(int value) {
    room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
    return this;
  }

  /** {@code boolean}. */
  public CopyRows flag(boolean value) {
    room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /** {@code timestamptz}, cut to microseconds. */
  public CopyRows time(@Nullable Instant value) {
    return value == null ? nothing() : int8(EPOCH.until(value, ChronoUnit.MICROS));
  }

  /**
   * Sends the rows, in the transaction of the connection; nothing when there are none.
   *
   * @param target a table with its columns in parentheses
   * @return how many rows were sent
   * @throws SQLException when one of them cannot be stored; none of them is then
   */
  public long into(Connection connection, String target) throws SQLException {
    if (rows == 0) {
      return 0;
    }
    room(Short.BYTES).putShort(END);
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + target + " FROM STDIN WITH (FORMAT binary)", writer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CopyRows nothing() {
    room(Integer.BYTES).putInt(NULL);
    return this;
  }

  private ByteBuffer room(int more) {
    if (out.remaining() < more) {
      int capacity = Math.max(Math.multiplyExact(out.capacity(), 2), out.position() + more);
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), capacity)).position(out.position());
    }
    return out;
  }

  private ByteStreamWriter writer() {
    return new ByteStreamWriter() {
      @Override
      public int getLength() {
        return out.position();
      }

      @Override
      public void writeTo(ByteStreamTarget target) throws IOException {
        target.getOutputStream().write(out.array(), 0, out.position());
      }
    };
  }
}
