package io.crontopus.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every type of column, there and back. */
class CopyRowsIT {

  private static final String TARGET = "t (a, b, c, d, e, f, g)";

  private static EmbeddedPostgres postgres;
  private static Connection connection;

  @BeforeAll
  static void open() throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().start();
    connection = postgres.getPostgresDatabase().getConnection();
  }

  @AfterAll
  static void close() throws IOException, SQLException {
    connection.close();
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("DROP TABLE IF EXISTS t");
      sql.execute(
          "CREATE TABLE t (a text, b bytea, c bigint PRIMARY KEY, d integer, e smallint, f boolean, g timestamptz)");
    }
  }

  @Test
  void storesEachType() throws SQLException {
    String text = "naïve ☃ 🐙 \t\\N\n";
    byte[] bytes = {0, -1, 7};
    Instant beforeTheEpoch = Instant.parse("1999-12-31T23:59:59.999999Z");
    CopyRows rows = new CopyRows();
    row(rows, text, bytes, Long.MIN_VALUE, -5, beforeTheEpoch);
    rows.row(7).text(null).bytes(null).int8(2).int4(null).int2(3).flag(false).time(null);

    assertThat(rows.into(connection, TARGET)).isEqualTo(2);

    try (Statement sql = connection.createStatement();
        ResultSet found = sql.executeQuery("SELECT * FROM t ORDER BY c")) {
      found.next();
      assertThat(found.getString(1)).isEqualTo(text);
      assertThat(found.getBytes(2)).isEqualTo(bytes);
      assertThat(found.getLong(3)).isEqualTo(Long.MIN_VALUE);
      assertThat(found.getInt(4)).isEqualTo(-5);
      assertThat(found.getShort(5)).isEqualTo((short) 9);
      assertThat(found.getBoolean(6)).isTrue();
      assertThat(found.getObject(7, OffsetDateTime.class).toInstant()).isEqualTo(beforeTheEpoch);
      found.next();
      for (int column : new int[] {1, 2, 4, 7}) {
        assertThat(found.getObject(column)).isNull();
      }
    }
  }

  @Test
  void growsWithWhatComes() throws SQLException {
    String long10k = "x".repeat(10_000);
    CopyRows rows = new CopyRows();
    for (long i = 0; i < 2_000; i++) {
      row(rows, long10k, new byte[0], i, 1, Instant.EPOCH);
    }

    assertThat(rows.into(connection, TARGET)).isEqualTo(2_000);
    try (Statement sql = connection.createStatement();
        ResultSet sum = sql.executeQuery("SELECT sum(length(a)) FROM t")) {
      sum.next();
      assertThat(sum.getLong(1)).isEqualTo(20_000_000);
    }
  }

  @Test
  void storesAllOrNothing() throws SQLException {
    CopyRows rows = new CopyRows();
    row(rows, "one", new byte[0], 1L, 1, Instant.EPOCH);
    row(rows, "again", new byte[0], 1L, 1, Instant.EPOCH);

    assertThatThrownBy(() -> rows.into(connection, TARGET))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
    try (Statement sql = connection.createStatement();
        ResultSet found = sql.executeQuery("SELECT count(*) FROM t")) {
      found.next();
      assertThat(found.getLong(1)).isZero();
    }
  }

  @Test
  void nothingIsNothing() throws SQLException {
    assertThat(new CopyRows().into(connection, TARGET)).isZero();
  }

  private static void row(CopyRows rows, String a, byte[] b, Long c, Integer d, Instant g) {
    rows.row(7).text(a).bytes(b).int8(c).int4(d).int2(9).flag(true).time(g);
  }
}
