package io.crontopus.eventstore;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings one of the database's schemas to the version that this build needs. */
public final class SchemaMigration {

  private SchemaMigration() {}

  /**
   * Creates the schema where it is missing and applies what is new. Several nodes may do this at
   * once.
   *
   * @param schema its name; its scripts are in {@code db/<schema>} on the class path
   */
  public static void migrate(DataSource dataSource, String schema) {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas(schema)
        .defaultSchema(schema)
        .locations("classpath:db/" + schema)
        .table("schema_history")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }
}
