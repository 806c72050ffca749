package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/**
 * Real PostgreSQL in a folder: fsync on, on a free port of the loopback interface, behind a
 * generated password, without a Unix socket. It is there after a restart, and after a crash of this
 * process or of the machine.
 */
public final class EmbeddedDatabase implements Database {

  private static final String NAME = "crontopus";

  private final Cluster cluster;
  private final Server server;
  private final CompletableFuture<Void> lost = new CompletableFuture<>();
  private volatile boolean closing;

  private EmbeddedDatabase(Cluster cluster, Server server) {
    this.cluster = cluster;
    this.server = server;
    var _ = server.process().onExit().thenRun(this::ended);
  }

  private void ended() {
    if (!closing) {
      lost.complete(null);
    }
  }

  /**
   * Starts it.
   *
   * @param folder the cluster; made when it is not there
   * @param passwordFile where its password is kept
   * @param cache where PostgreSQL's programs are unpacked to, once
   * @throws Refusal when the folder cannot be used, with what to do
   */
  public static EmbeddedDatabase start(Path folder, Path passwordFile, Path cache) {
    Cluster cluster =
        new Cluster(folder, passwordFile, PostgresPrograms.unpack(cache), Unprivileged.choose());
    cluster.prepare();
    Orphan.clear(folder);
    EmbeddedDatabase database = new EmbeddedDatabase(cluster, Server.start(cluster));
    try {
      database.create();
      return database;
    } catch (SQLException e) {
      database.close();
      throw new Refusal(
          "PostgreSQL in %s does not let us in (%s): restore %s from a backup"
              .formatted(folder, Refusal.reason(e), passwordFile));
    }
  }

  /**
   * Stops the server that a killed platform left on {@code folder}, if there is one; tells whether
   * there was.
   */
  public static boolean stopOrphan(Path folder) {
    boolean runs = Orphan.runs(folder);
    if (runs) {
      Orphan.clear(folder);
    }
    return runs;
  }

  private void create() throws SQLException {
    try (Connection connection = Connections.open(settings("postgres"))) {
      if (Connections.single(connection, "select 1 from pg_database where datname = '" + NAME + "'")
          .isEmpty()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("create database " + NAME);
        }
      }
    }
  }

  @Override
  public DatabaseSettings settings() {
    return settings(NAME);
  }

  private DatabaseSettings settings(String database) {
    return new DatabaseSettings(
        "jdbc:postgresql://127.0.0.1:%d/%s?reWriteBatchedInserts=true"
            .formatted(server.port(), database),
        Cluster.ROLE,
        cluster.password());
  }

  @Override
  public String description() {
    return "PostgreSQL " + PostgresPrograms.MAJOR + " on 127.0.0.1:" + server.port();
  }

  @Override
  public CompletableFuture<Void> lost() {
    return lost;
  }

  @Override
  public void close() {
    closing = true;
    server.stop();
  }
}
