package io.crontopus.standalone.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** One connection for one question, before there is a pool. */
final class Connections {

  private static final String LOGIN_SECONDS = "10";

  private Connections() {}

  static Connection open(DatabaseSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.username());
    properties.setProperty("password", settings.password());
    properties.setProperty("loginTimeout", LOGIN_SECONDS);
    properties.setProperty("connectTimeout", LOGIN_SECONDS);
    properties.setProperty("ApplicationName", "crontopus start-up");
    return DriverManager.getConnection(settings.url(), properties);
  }

  static String single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
