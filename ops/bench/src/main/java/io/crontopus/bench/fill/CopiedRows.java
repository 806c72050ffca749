package io.crontopus.bench.fill;

import io.crontopus.bench.platform.PlatformDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes many rows of a table in the database out of one that the platform has written itself, so
 * that whatever columns there are hold what they really hold.
 *
 * @param table schema and name
 * @param original condition that finds the original
 * @param changes what differs in each copy: an expression by column, in which {@code i} is the
 *     number of the copy and {@code t} the original
 */
public record CopiedRows(String table, String original, Map<String, String> changes) {

  public CopiedRows {
    changes = Map.copyOf(changes);
  }

  /** Makes the copies {@code from} (inclusive) to {@code to} (exclusive), in this order. */
  public void insert(PlatformDatabase database, long from, long to) throws SQLException {
    database.run(statement(columns(database), from, to));
  }

  /** The same, with the table's indexes built afterwards, which is faster for very many. */
  public void insertThenIndex(PlatformDatabase database, long from, long to) throws SQLException {
    List<String> names =
        database.texts(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = ?::regclass AND NOT indisunique",
            table);
    List<String> definitions =
        database.texts(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ?::regclass AND NOT indisunique",
            table);
    for (String name : names) {
      database.run("DROP INDEX " + name);
    }
    insert(database, from, to);
    for (String definition : definitions) {
      database.run("SET maintenance_work_mem = '512MB'; " + definition);
    }
    database.run("VACUUM (ANALYZE) " + table);
  }

  /** Columns that a statement may write. */
  private List<String> columns(PlatformDatabase database) throws SQLException {
    return database.texts(
        """
        SELECT quote_ident(attname) FROM pg_attribute
        WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
          AND NOT (attname = 'global_index')
        ORDER BY attnum
        """,
        table);
  }

  private String statement(List<String> columns, long from, long to) {
    String values =
        columns.stream()
            .map(column -> changes.getOrDefault(column, "t." + column))
            .collect(Collectors.joining(", "));
    return """
        SET synchronous_commit = off; SET work_mem = '256MB';
        INSERT INTO %s (%s)
        SELECT %s
        FROM (SELECT * FROM %s WHERE %s LIMIT 1) t CROSS JOIN generate_series(%d, %d) AS i
        """
        .formatted(table, String.join(", ", columns), values, table, original, from, to - 1);
  }
}
