package io.crontopus.projection.health;

import io.crontopus.projection.health.Nodes.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the platform is.
 *
 * @param status {@code ok}, or {@code degraded} when there are problems
 * @param problems what is wrong, in words
 * @param checkedAt when these figures were taken: for two seconds everybody gets the same
 * @param parts what other parts of the platform tell of themselves
 */
record HealthView(
    String status,
    List<String> problems,
    String version,
    Instant startedAt,
    long uptimeSeconds,
    Instant checkedAt,
    Database database,
    List<Following> projections,
    long deadLetters,
    Audit audit,
    @Nullable Disk disk,
    Storage storage,
    Map<String, Long> tenants,
    List<Node> nodes,
    Map<String, Map<String, Object>> parts) {

  /**
   * The database.
   *
   * @param latencyMillis how long the smallest question took
   * @param connections open ones to this database, of all processes
   */
  record Database(
      double latencyMillis, long sizeBytes, long connections, long maxConnections, Pool pool) {}

  /** This process's connections. */
  record Pool(int active, int idle, int waiting, int most) {}

  /**
   * A projection.
   *
   * @param state {@code following}, {@code rebuilding} or {@code behind}
   * @param waitingSeconds how long the oldest event waits that it has not come past; 0 for none
   */
  record Following(String name, String state, long lag, long parked, long waitingSeconds) {}

  /**
   * The audit log.
   *
   * @param behind positions of the log that were not hashed yet
   * @param checkedSecondsAgo since all of it was compared with what was signed; null before the
   *     first time
   */
  record Audit(long findings, long behind, @Nullable Long checkedSecondsAgo) {}

  /** Where repositories, and usually the database, are. */
  record Disk(String path, long freeBytes, long totalBytes) {}

  /** What all tenants together have, as it was last measured. */
  record Storage(long logBytes, long gitBytes) {}
}
