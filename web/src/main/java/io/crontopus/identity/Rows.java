package io.crontopus.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants as the JDBC driver takes and gives them. */
public final class Rows {

  private Rows() {}

  /** The time in this column; null when there is none. */
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** The time in a column that always has one. */
  public static Instant requiredInstant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A time as a parameter. */
  public static OffsetDateTime sqlTime(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A time that may be missing, as a parameter. */
  public static @Nullable OffsetDateTime sqlTimeOrNull(@Nullable Instant instant) {
    return instant == null ? null : sqlTime(instant);
  }
}
