package io.crontopus.web;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Whether the database answers. */
final class DatabaseHealth implements HealthCheck {

  private static final int WITHIN_SECONDS = 2;

  private final DataSource dataSource;

  DatabaseHealth(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public boolean isUp() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(WITHIN_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
