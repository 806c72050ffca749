package io.crontopus.projection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants as the JDBC driver takes them. */
public final class SqlTime {

  private SqlTime() {}

  /** The instant in UTC; null stays null. */
  public static @Nullable OffsetDateTime sqlTime(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
