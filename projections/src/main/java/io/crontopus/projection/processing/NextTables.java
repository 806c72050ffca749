package io.crontopus.projection.processing;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables that a rebuild fills: like those that serve, in a schema of their own, without the
 * indexes that only readers need until they are full.
 */
final class NextTables {

  private final JdbcClient jdbc;

  NextTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void create(List<String> tables) {
    drop(tables);
    tables.forEach(this::create);
  }

  void drop(List<String> tables) {
    tables.forEach(table -> run("DROP TABLE IF EXISTS read_model_next." + table));
  }

  /** Makes one of the indexes that are missing; false when there is none. */
  boolean makeAnIndex(List<String> tables) {
    Optional<String> missing =
        jdbc.sql(
                """
                SELECT replace(indexdef, ' ON read_model.', ' ON read_model_next.') FROM pg_indexes live
                WHERE schemaname = 'read_model' AND tablename = ANY (?)
                  AND NOT EXISTS (SELECT FROM pg_indexes next
                                  WHERE next.schemaname = 'read_model_next' AND next.indexname = live.indexname)
                ORDER BY indexname LIMIT 1
                """)
            .param(tables.toArray(String[]::new))
            .query(String.class)
            .optional();
    missing.ifPresent(
        index -> {
          run("SET LOCAL maintenance_work_mem = '256MB'");
          run(index);
        });
    return missing.isPresent();
  }

  /**
   * Which part of the indexes that are made last is there, from 0 to 1. Each counts as much as its
   * table is large.
   */
  double indexed(List<String> tables) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(size) FILTER (WHERE made) / sum(size), 0)
            FROM (SELECT 1 + pg_relation_size(to_regclass('read_model_next.' || tablename)) AS size,
                         EXISTS (SELECT FROM pg_indexes next
                                 WHERE next.schemaname = 'read_model_next' AND next.indexname = live.indexname) AS made
                  FROM pg_indexes live
                  WHERE schemaname = 'read_model' AND tablename = ANY (?)
                    AND NOT EXISTS (SELECT FROM pg_constraint
                                    WHERE connamespace = 'read_model'::regnamespace AND conname = live.indexname
                                      AND contype IN ('p', 'u'))) late
            """)
        .param(tables.toArray(String[]::new))
        .query(Double.class)
        .single();
  }

  /** Tells the planner what is in the tables. */
  void analyze(List<String> tables) {
    tables.forEach(table -> run("ANALYZE read_model_next." + table));
  }

  /** Lets them serve in place of the others. Readers wait for no longer than the time limit. */
  void takeOver(List<String> tables) {
    run("SET LOCAL lock_timeout = '2s'");
    for (String table : tables) {
      run("DROP TABLE read_model." + table);
      run("ALTER TABLE read_model_next." + table + " SET SCHEMA read_model");
    }
  }

  private void create(String table) {
    run(
        """
        CREATE TABLE read_model_next.%1$s
          (LIKE read_model.%1$s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY INCLUDING GENERATED
           INCLUDING STORAGE)
        """
            .formatted(table));
    definitions(
            """
            SELECT format('ALTER TABLE read_model_next.%I ADD CONSTRAINT %I %s', ?, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE conrelid = cast('read_model.' || ? AS regclass) AND contype IN ('p', 'u')
            """,
            table)
        .forEach(this::run);
    definitions(
            """
            SELECT format('ALTER TABLE read_model_next.%I SET (%s)', ?, array_to_string(reloptions, ', '))
            FROM pg_class WHERE oid = cast('read_model.' || ? AS regclass) AND reloptions IS NOT NULL
            """,
            table)
        .forEach(this::run);
    definitions(
            """
            SELECT format('GRANT %s ON read_model_next.%I TO %I', a.privilege_type, ?, pg_get_userbyid(a.grantee))
            FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
            WHERE c.oid = cast('read_model.' || ? AS regclass) AND a.grantee NOT IN (0, c.relowner)
            """,
            table)
        .forEach(this::run);
    definitions(
            """
            SELECT format('SELECT read_model.isolate_tenants(''read_model_next'', %L)', ?)
            FROM pg_class WHERE oid = cast('read_model.' || ? AS regclass) AND relrowsecurity
            """,
            table)
        .forEach(sql -> jdbc.sql(sql).query((row, n) -> true).list());
  }

  private List<String> definitions(String query, String table) {
    return jdbc.sql(query).params(table, table).query((row, n) -> row.getString(1)).list();
  }

  private void run(String sql) {
    jdbc.sql(sql).update();
  }
}
