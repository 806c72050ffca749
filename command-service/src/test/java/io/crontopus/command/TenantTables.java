package io.crontopus.command;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * All schemas in a database whose owner is no superuser, and connections in the platform's roles.
 */
final class TenantTables implements AutoCloseable {

  private final TestDatabase database = new TestDatabase();

  /** The database, without limits. */
  JdbcClient superuser() {
    return JdbcClient.create(database.unlimited());
  }

  /** The database, as the user who owns it. */
  String url() {
    return database.url();
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
  public void close() {
    database.close();
  }
}
