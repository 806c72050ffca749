package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code heartbeat_progress}: until when everything that was heard is known. */
final class HeartbeatProgress {

  /**
   * A node that has nothing to store says so every five seconds: after three times that without a
   * word from any node, nobody listened.
   */
  static final Duration LONGEST_BREATH = Duration.ofSeconds(15);

  private HeartbeatProgress() {}

  /** Goes on to these times; what is stored gives way when it lies ahead of all that can be. */
  static void put(JdbcClient jdbc, HeardTimes times) {
    List<Instant> collected = times.collected();
    if (collected.isEmpty()) {
      return;
    }
    Instant since = collected.getFirst();
    Instant until = since;
    boolean broken = false;
    for (Instant at : collected) {
      if (at.isAfter(until.plus(LONGEST_BREATH))) {
        since = at;
        broken = true;
      }
      until = at.isAfter(until) ? at : until;
    }
    jdbc.sql(
            """
            INSERT INTO heartbeat_progress AS p (heard_until, listening_since) VALUES (:until, :since)
            ON CONFLICT (only_one) DO UPDATE SET
              heard_until = CASE
                WHEN p.heard_until > :latest THEN excluded.heard_until
                ELSE greatest(p.heard_until, excluded.heard_until)
              END,
              listening_since = CASE
                WHEN p.heard_until > :latest OR p.listening_since > :latest THEN excluded.listening_since
                WHEN :broken OR :first > p.heard_until + make_interval(secs => :breath)
                THEN greatest(p.listening_since, excluded.listening_since)
                ELSE p.listening_since
              END
            """)
        .param("until", sqlTime(until))
        .param("since", sqlTime(since))
        .param("latest", sqlTime(times.latest()))
        .param("first", sqlTime(collected.getFirst()))
        .param("broken", broken)
        .param("breath", LONGEST_BREATH.toSeconds())
        .update();
  }
}
