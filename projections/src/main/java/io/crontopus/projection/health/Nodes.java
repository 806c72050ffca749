package io.crontopus.projection.health;

import io.crontopus.identity.TenantDatabase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says regularly that this process is there, and knows which others are. */
final class Nodes implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Nodes.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** Who was silent for longer is not there any more. */
  private static final Duration SHOWN = Duration.ofMinutes(15);

  /**
   * A process of the platform.
   *
   * @param nodeId made anew at each start
   */
  record Node(
      String nodeId,
      String host,
      String version,
      Instant startedAt,
      Instant seenAt,
      boolean self) {}

  private final TenantDatabase database;
  private final Clock clock;
  private final String id = UUID.randomUUID().toString();
  private final String host = host();
  private final Instant startedAt;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("nodes").daemon().factory());

  private Nodes(TenantDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  static Nodes start(TenantDatabase database, Clock clock) {
    Nodes nodes = new Nodes(database, clock);
    var _ =
        nodes.timer.scheduleWithFixedDelay(nodes::beat, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return nodes;
  }

  /** The version of this build. */
  static String version() {
    String version = Nodes.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** Those that were heard of lately, the one that started last first. */
  List<Node> all() {
    return database.inAll(
        jdbc ->
            jdbc.sql(
                    "SELECT * FROM read_model.node WHERE seen_at > ? ORDER BY started_at DESC, node_id LIMIT 100")
                .param(sqlTime(clock.instant().minus(SHOWN)))
                .query(
                    (row, number) ->
                        new Node(
                            row.getString("node_id"),
                            row.getString("host"),
                            row.getString("version"),
                            row.getObject("started_at", OffsetDateTime.class).toInstant(),
                            row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                            row.getString("node_id").equals(id)))
                .list());
  }

  /** One that stops as it should is not missed. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (timer.awaitTermination(2, TimeUnit.SECONDS)) {
        database.inAll(
            jdbc -> jdbc.sql("DELETE FROM read_model.node WHERE node_id = ?").param(id).update());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("this node is shown for a while", e);
    }
  }

  private void beat() {
    Instant now = clock.instant();
    try {
      int _ =
          database.inAll(
              jdbc -> {
                jdbc.sql(
                        """
              INSERT INTO read_model.node (node_id, host, version, started_at, seen_at) VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (node_id) DO UPDATE SET seen_at = excluded.seen_at
              """)
                    .params(id, host, version(), sqlTime(startedAt), sqlTime(now))
                    .update();
                return jdbc.sql("DELETE FROM read_model.node WHERE seen_at < ?")
                    .param(sqlTime(now.minus(SHOWN)))
                    .update();
              });
    } catch (RuntimeException e) {
      log.debug("this node is not seen for a moment", e);
    }
  }

  private static OffsetDateTime sqlTime(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
