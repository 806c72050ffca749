package io.crontopus.command;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.SchemaMigration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * All schemas in a database whose owner is no superuser, and connections in the platform's roles.
 */
final class TenantTables implements AutoCloseable {

  private final EmbeddedPostgres postgres;

  TenantTables() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    JdbcClient superuser = JdbcClient.create(postgres.getPostgresDatabase());
    superuser.sql("CREATE ROLE platform LOGIN CREATEROLE").update();
    superuser.sql("CREATE DATABASE crontopus OWNER platform").update();
    for (String schema : List.of("identity", "event_store", "read_model", "audit")) {
      SchemaMigration.migrate(postgres.getDatabase("platform", "crontopus"), schema);
    }
  }

  /** The database, without limits. */
  JdbcClient superuser() {
    return JdbcClient.create(postgres.getDatabase("postgres", "crontopus"));
  }

  /** The database, as the user who owns it. */
  String url() {
    return postgres.getJdbcUrl("platform", "crontopus");
  }

  /** Connections as the platform opens them, in one of its roles. */
  HikariDataSource in(String role) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(2);
    config.addDataSourceProperty("options", "-c role=" + role);
    return new HikariDataSource(config);
  }

  /** Statements lose what they say about the tenant on their way to these connections. */
  static DataSource forgetful(DataSource connections) {
    return new DelegatingDataSource(connections) {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                TenantTables.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    arguments[0] = withoutTenant((String) arguments[0]);
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw Objects.requireNonNull(e.getCause());
                  }
                });
      }
    };
  }

  /** The conditions stay, for their parameters' sake, and are always true. */
  static String withoutTenant(String sql) {
    return sql.replaceAll("\\btenant_id = \\?", "(tenant_id = ? OR true)");
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
