package io.crontopus.standalone.database;

/**
 * How to reach a PostgreSQL database.
 *
 * @param url JDBC URL, without the password
 * @param username role that owns the database
 * @param password that role's password
 */
public record DatabaseSettings(String url, String username, String password) {

  @Override
  public String toString() {
    return "DatabaseSettings[" + url + ", " + username + "]";
  }
}
