package io.crontopus.projection.audit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;

/**
 * Rows in the binary format of PostgreSQL's {@code COPY}, the cheapest way in. A row is begun with
 * its number of columns, then each column follows.
 */
final class CopyRows {

  private static final byte[] START = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
  private final DataOutputStream out = new DataOutputStream(bytes);
  private int rows;

  CopyRows() {
    out(() -> out.write(START));
  }

  CopyRows row(int columns) {
    rows++;
    return out(() -> out.writeShort(columns));
  }

  CopyRows text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows bytes(byte[] value) {
    return out(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
  }

  CopyRows number(long value) {
    return out(
        () -> {
          out.writeInt(Long.BYTES);
          out.writeLong(value);
        });
  }

  CopyRows small(int value) {
    return out(
        () -> {
          out.writeInt(Short.BYTES);
          out.writeShort(value);
        });
  }

  CopyRows time(Instant value) {
    return number(EPOCH.until(value, ChronoUnit.MICROS));
  }

  /** Sends the rows; {@code target} is a table with its columns in parentheses. */
  void into(Connection connection, String target) throws SQLException {
    if (rows == 0) {
      return;
    }
    out(() -> out.writeShort(-1));
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + target + " FROM STDIN WITH (FORMAT binary)",
              new ByteArrayInputStream(bytes.toByteArray()),
              1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private CopyRows out(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
