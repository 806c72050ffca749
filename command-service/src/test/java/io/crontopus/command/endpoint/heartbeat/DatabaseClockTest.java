package io.crontopus.command.endpoint.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's clock that is ahead of the database's is not believed. */
class DatabaseClockTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private Instant node = NOON;
  private Instant database = NOON;
  private Duration answering = Duration.ZERO;
  private boolean databaseIsAway;
  private long nanos;
  private final DatabaseClock clock = new DatabaseClock(() -> node, this::askDatabase, () -> nanos);

  @AfterEach
  void close() {
    clock.close();
  }

  @Test
  void aClockThatIsNotAheadIsTheNodes() {
    node = NOON.plusMillis(900);
    clock.read();
    assertThat(clock.instant()).isEqualTo(node);
    node = NOON.minus(DAY);
    assertThat(clock.instant()).isEqualTo(node);
  }

  @Test
  void aClockThatJumpsAheadIsHeldBackAtOnceAndGoesOn() {
    clock.read();
    pass(Duration.ofSeconds(3));
    node = node.plus(DAY);
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    pass(Duration.ofSeconds(4));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));
    assertThat(clock.millis()).isEqualTo(NOON.plusSeconds(7).toEpochMilli());
    clock.read();
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));
  }

  @Test
  void whatWasReadCountsWhileTheDatabaseIsAwayOrSlow() {
    clock.read();
    node = node.plus(DAY);
    databaseIsAway = true;
    pass(Duration.ofMinutes(1));
    clock.read();
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));
    databaseIsAway = false;
    answering = Duration.ofSeconds(30);
    clock.read();
    assertThat(clock.instant()).as("not half of it off").isEqualTo(NOON.plusSeconds(90));
  }

  @Test
  void beforeTheFirstReadingTheNodesClockGoes() {
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  private void pass(Duration time) {
    node = node.plus(time);
    database = database.plus(time);
    nanos += time.toNanos();
  }

  private Instant askDatabase() {
    if (databaseIsAway) {
      throw new IllegalStateException("away");
    }
    pass(answering);
    return database;
  }
}
