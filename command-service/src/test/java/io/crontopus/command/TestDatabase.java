package io.crontopus.command;

import io.crontopus.eventstore.SchemaMigration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database as on a server of somebody's own: its user owns it, and has no more rights than that
 * takes. All tests of this module share one server, and each platform has a database of its own; it
 * begins as a copy of one that was migrated once.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String USER = "platform";
  private static final String MIGRATED = "migrated";
  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "platform_" + COUNT.incrementAndGet();

  public TestDatabase() {
    server()
        .sql("CREATE DATABASE %s OWNER %s TEMPLATE %s".formatted(name, USER, MIGRATED))
        .update();
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      JdbcClient superuser = JdbcClient.create(postgres.getPostgresDatabase());
      superuser.sql("CREATE ROLE %s LOGIN CREATEROLE".formatted(USER)).update();
      superuser.sql("CREATE DATABASE %s OWNER %s".formatted(MIGRATED, USER)).update();
      for (String schema : List.of("identity", "event_store", "read_model", "audit")) {
        SchemaMigration.migrate(postgres.getDatabase(USER, MIGRATED), schema);
      }
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JdbcClient server() {
    return JdbcClient.create(SERVER.getPostgresDatabase());
  }

  /** Its address, as the user who owns it. */
  public String url() {
    return SERVER.getJdbcUrl(USER, name);
  }

  /** The user who owns it. */
  public String user() {
    return USER;
  }

  /** The database, without limits. */
  public DataSource unlimited() {
    return SERVER.getDatabase("postgres", name);
  }

  @Override
  public void close() {
    server().sql("DROP DATABASE %s WITH (FORCE)".formatted(name)).update();
  }
}
