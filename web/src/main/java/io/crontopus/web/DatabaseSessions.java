package io.crontopus.web;

import java.time.Duration;
import java.util.Map;

/**
 * What PostgreSQL is told about every connection, so that a node that is gone or stands still holds
 * up no other one: its locks end with its connections, and the server ends these by itself.
 *
 * <p>A node without power says no goodbye, which keepalives notice within a minute. One that is
 * paused still answers them; its transactions end when they wait for it too long. What the server
 * waits for in the middle of a {@code COPY} is not of this kind and has no limit in PostgreSQL:
 * rows are all in memory before one begins, so that it takes milliseconds.
 */
public final class DatabaseSessions {

  /**
   * How long a transaction may wait for its node. The longest that a node thinks within one is to
   * make objects of a batch of events, 16 MiB at most, which takes a second or two.
   */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private DatabaseSessions() {}

  /**
   * Settings of a session, by their names in PostgreSQL.
   *
   * @param longestPause how long a transaction may wait for its node
   */
  public static Map<String, String> parameters(Duration longestPause) {
    return Map.of(
        "idle_in_transaction_session_timeout", longestPause.toMillis() + "ms",
        "tcp_keepalives_idle", "30s",
        "tcp_keepalives_interval", "10s",
        "tcp_keepalives_count", "3",
        "tcp_user_timeout", "60s");
  }
}
