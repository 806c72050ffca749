package io.crontopus.query.past;

/**
 * All versions of a table's rows that were valid at position {@code $2}. The index has them by
 * their {@code span}, the power of two that their length stays below: of each, those that were
 * valid are one stretch. {@code OFFSET} holds the planner to it.
 */
public final class ValidVersions {

  private static final String SELECT =
      """
      SELECT v.*
      FROM generate_series(1, 63) AS lengths (span)
      CROSS JOIN LATERAL (
        SELECT * FROM {table}
        WHERE tenant_id = $1
          AND {table}.span = lengths.span
          AND valid_from <= $2
          AND valid_to > $2
          AND valid_to <= CASE WHEN lengths.span < 62 THEN $2 + (1::bigint << lengths.span) ELSE 9223372036854775807 END
        OFFSET 0
      ) v
      """;

  private ValidVersions() {}

  /** The versions {@code v}; a {@code WHERE} can follow. */
  public static String in(String table) {
    return SELECT.replace("{table}", table);
  }
}
