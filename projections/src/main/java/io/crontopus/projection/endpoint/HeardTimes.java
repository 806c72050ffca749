package io.crontopus.projection.endpoint;

import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The times of one batch of signs of life, held against the database's clock. One that lies ahead
 * of it comes from a node whose clock was: nobody would be silent, nor come back, before that time.
 * It stands for the latest time that was heard of before it.
 */
final class HeardTimes {

  /** Nodes keep to the database's clock much better; one database may follow another. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final Instant latest;
  private final List<Instant> collected = new ArrayList<>();
  private @Nullable Instant known;

  /**
   * The times of a batch.
   *
   * @param now by the database's clock
   * @param known until when everything that was heard is known; null when nothing is
   */
  HeardTimes(Instant now, @Nullable Instant known) {
    this.latest = now.plus(AHEAD);
    this.known = known == null || known.isAfter(latest) ? null : known;
  }

  static HeardTimes of(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT clock_timestamp(), (SELECT heard_until FROM heartbeat_progress)
            """)
        .query(
            (row, _) -> {
              OffsetDateTime until = row.getObject(2, OffsetDateTime.class);
              return new HeardTimes(
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  until == null ? null : until.toInstant());
            })
        .single();
  }

  /** A node had told all that it heard until then. */
  void collected(Instant at) {
    if (!at.isAfter(latest)) {
      collected.add(at);
      known = known == null || at.isAfter(known) ? at : known;
    }
  }

  /** The sign of life at a time that can be; empty when none is known. */
  Optional<Heartbeat> possible(Heartbeat heartbeat) {
    if (!heartbeat.receivedAt().isAfter(latest)) {
      return Optional.of(heartbeat);
    }
    Instant instead = known;
    return instead == null
        ? Optional.empty()
        : Optional.of(
            new Heartbeat(
                heartbeat.tenantId(),
                heartbeat.endpointId(),
                heartbeat.sentAt(),
                instead,
                heartbeat.version(),
                heartbeat.scheduler(),
                heartbeat.schedulerAlive(),
                heartbeat.appliedCommit(),
                heartbeat.spoolDepth()));
  }

  /** The times until which nodes had told all, in the order of the log. */
  List<Instant> collected() {
    return collected;
  }

  /** What is stored and lies behind this is from a clock that was ahead, and gives way. */
  Instant latest() {
    return latest;
  }
}
