package io.crontopus.eventstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Brings one of the database's schemas to the version that this build needs. */
public final class SchemaMigration {

  private static final String ROLES = "/db/roles.sql";

  private SchemaMigration() {}

  /**
   * Makes the roles that are missing, creates the schema where it is missing and applies what is
   * new. Several nodes may do this at once. Works as the user who has connected, whatever role the
   * connections have taken on.
   *
   * @param schema its name; its scripts are in {@code db/<schema>} on the class path
   */
  public static void migrate(DataSource dataSource, String schema) {
    DataSource owner = new AsOwner(dataSource);
    makeRoles(owner);
    Flyway.configure()
        .dataSource(owner)
        .schemas(schema)
        .defaultSchema(schema)
        .locations("classpath:db/" + schema)
        .table("schema_history")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  /**
   * Roles are the cluster's and not the schema's: a backup that is restored elsewhere lacks them.
   */
  private static void makeRoles(DataSource owner) {
    try (InputStream script = SchemaMigration.class.getResourceAsStream(ROLES);
        Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the database's roles: " + e.getMessage(), e);
    }
  }

  /**
   * Connections that have laid down their role, and take it on again when they go back. So with the
   * limit of idle transactions: while one connection migrates, another one keeps the turn in one.
   */
  private static final class AsOwner extends DelegatingDataSource {

    AsOwner(DataSource dataSource) {
      super(dataSource);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      execute(connection, "SET ROLE NONE; SET idle_in_transaction_session_timeout = 0");
      return (Connection)
          Proxy.newProxyInstance(
              SchemaMigration.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                if (method.getName().equals("close") && !connection.isClosed()) {
                  execute(connection, "RESET ROLE; RESET idle_in_transaction_session_timeout");
                }
                return call(connection, method, arguments);
              });
    }

    private static @Nullable Object call(
        Connection connection, java.lang.reflect.Method method, Object @Nullable [] arguments)
        throws Throwable {
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
