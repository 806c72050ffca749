package io.crontopus.command.endpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** From heartbeats to states: as fast as promised, and no false alarm. */
@Order(1)
class EndpointWatchIT {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private WatchedFleet fleet;
  private EndpointWatch watch;

  @BeforeEach
  void start() {
    fleet = new WatchedFleet();
    watch = fleet.watch();
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void anEndpointGoesFromNewToOnlineToSilentToOfflineAndBack() {
    fleet.enroll("acme", "a", "b");
    assertThat(fleet.states()).isEqualTo(Map.of("a", "new", "b", "new"));
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "online", "b", "online"));
    fleet.hear(MINUTE, "b");
    fleet.look(watch);
    assertThat(fleet.story("a")).containsExactly("endpoint.first-seen", "endpoint.changed");
    fleet.hear(MINUTE, "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "silent", "b", "online"));
    fleet.hear(MINUTE.multipliedBy(10), "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "offline", "b", "online"));
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    assertThat(fleet.story("a"))
        .containsExactly(
            "endpoint.first-seen",
            "endpoint.changed",
            "endpoint.went-silent",
            "endpoint.went-offline",
            "endpoint.came-back");
    assertThat(fleet.story("b")).containsExactly("endpoint.first-seen", "endpoint.changed");
  }

  @Test
  void whatAnEndpointSaysOfItselfIsToldWhenItChanges() {
    fleet.enroll("acme", "a");
    fleet.hear(MINUTE, "a");
    fleet.look(watch);
    fleet.hearVersion("2", "a");
    fleet.look(watch);
    fleet.hearVersion("2", "a");
    fleet.look(watch);
    assertThat(fleet.story("a"))
        .containsExactly("endpoint.first-seen", "endpoint.changed", "endpoint.changed");
  }

  @Test
  void nobodyIsSilentBecauseThePlatformWasDown() {
    fleet.enroll("acme", "a", "b");
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    fleet.nobodyListens(Duration.ofHours(3));
    fleet.hear(Duration.ofSeconds(60));
    fleet.look(watch);
    assertThat(fleet.states().values()).containsOnly("online");
    fleet.hear(MINUTE, "a");
    fleet.look(watch);
    assertThat(fleet.states())
        .as("who has not come back a while after the start is silent")
        .isEqualTo(Map.of("a", "online", "b", "silent"));
    assertThat(fleet.story("a")).containsExactly("endpoint.first-seen", "endpoint.changed");
  }

  @Test
  void nobodyIsSilentBecauseHeartbeatsAreProcessedLate() {
    fleet.enroll("acme", "a");
    fleet.hear(MINUTE, "a");
    fleet.look(watch);
    watch.look();
    fleet.awaitProjection();
    assertThat(fleet.states())
        .as("the wall clock is months away from what is known, and says nothing")
        .isEqualTo(Map.of("a", "online"));
  }

  @Test
  void nobodyIsSilentWhileTheProjectionOfHeartbeatsLags() throws SQLException {
    fleet.enroll("acme", "a", "b");
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    try (Connection _ = fleet.hold("heartbeats")) {
      for (int i = 0; i < 5; i++) {
        fleet.hear(MINUTE.multipliedBy(5), "a", "b");
        watch.look();
      }
      fleet.awaitProjection();
      assertThat(fleet.states().values()).containsOnly("online");
    }
    fleet.look(watch);
    assertThat(fleet.states().values()).containsOnly("online");
    assertThat(fleet.story("a")).containsExactly("endpoint.first-seen", "endpoint.changed");
    assertThat(fleet.fleetStory("acme")).isEmpty();
  }

  @Test
  void whoIsSilentIsToldOnceWhileTheProjectionOfStatesLags() throws SQLException {
    fleet.enroll("acme", "a", "b");
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    try (Connection _ = fleet.hold("endpoints")) {
      fleet.hear(MINUTE.multipliedBy(2), "a");
      fleet.awaitHeard();
      for (int i = 0; i < 3; i++) {
        watch.look();
      }
    }
    fleet.look(watch);
    assertThat(fleet.story("a")).containsExactly("endpoint.first-seen", "endpoint.changed");
    assertThat(fleet.story("b"))
        .containsExactly("endpoint.first-seen", "endpoint.changed", "endpoint.went-silent");
  }

  @Test
  void aClockThatWasAheadKeepsNobodyFromGoingSilentOrComingBack() {
    fleet.enroll("acme", "a", "b");
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    fleet.hearTomorrow("a", "b");
    fleet.hear(MINUTE.multipliedBy(2), "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "silent", "b", "online"));

    fleet.knowTomorrow();
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    assertThat(fleet.states().values()).as("what is known gives way").containsOnly("online");
    fleet.hear(MINUTE.multipliedBy(2), "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "silent", "b", "online"));

    fleet.rebuild("heartbeats");
    fleet.hear(MINUTE.multipliedBy(10), "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "offline", "b", "online"));
  }

  @Test
  void aFleetThatGoesQuietAtOnceIsToldOnceAndNotOneByOne() {
    fleet.enroll("acme", "a", "b", "c", "d");
    fleet.enroll("other", "x", "y", "z");
    fleet.hear(MINUTE.multipliedBy(2), "a", "b", "c", "d", "x", "y", "z");
    fleet.look(watch);
    for (int i = 0; i < 40; i++) {
      fleet.hear(Duration.ofSeconds(30), "x", "y", "z");
      fleet.look(watch);
    }
    assertThat(fleet.fleetStory("acme")).containsExactly("fleet.went-quiet");
    assertThat(fleet.fleetStory("other")).isEmpty();
    assertThat(fleet.story("a")).containsExactly("endpoint.first-seen", "endpoint.changed");
    fleet.hear(MINUTE, "a", "b", "c", "x", "y", "z");
    fleet.look(watch);
    assertThat(fleet.fleetStory("acme")).containsExactly("fleet.went-quiet", "fleet.came-back");
    assertThat(fleet.states().get("d")).as("has time to come back").isEqualTo("online");
    fleet.hear(MINUTE.multipliedBy(2), "a", "b", "c", "x", "y", "z");
    fleet.look(watch);
    assertThat(fleet.states().get("d")).isEqualTo("silent");
    assertThat(fleet.states().get("a")).isEqualTo("online");
  }

  @Test
  void twoNodesTellEachTransitionOnce() throws Exception {
    String[] names = IntStream.range(0, 30).mapToObj(i -> "e" + i).toArray(String[]::new);
    fleet.enroll("acme", names);
    fleet.enroll("acme", "steady");
    EndpointWatch other = fleet.otherWatch();
    fleet.hear(MINUTE, names);
    fleet.hear(MINUTE, "steady");
    lookTogether(watch, other);
    fleet.hear(MINUTE.multipliedBy(2), "steady");
    lookTogether(watch, other);
    for (String name : names) {
      assertThat(fleet.story(name))
          .containsExactly("endpoint.first-seen", "endpoint.changed", "endpoint.went-silent");
    }
  }

  @Test
  void aLookThatCannotShowAllSaysThatThereIsMore() {
    String[] names =
        IntStream.rangeClosed(0, EndpointReadings.MOST)
            .mapToObj(i -> "e" + i)
            .toArray(String[]::new);
    fleet.enroll("acme", names);
    fleet.hear(MINUTE, names);
    fleet.awaitHeard();
    assertThat(watch.look()).isTrue();
    fleet.awaitProjection();
    assertThat(watch.look()).isFalse();
    fleet.awaitProjection();
    assertThat(fleet.states().values()).containsOnly("online");
  }

  @Test
  void tablesThatWereBuiltAgainAreWatchedAsThoseBefore() {
    fleet.enroll("acme", "a", "b");
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);

    fleet.rebuild("heartbeats");
    fleet.rebuild("endpoints");

    fleet.hear(MINUTE.multipliedBy(2), "b");
    fleet.look(watch);
    assertThat(fleet.states()).isEqualTo(Map.of("a", "silent", "b", "online"));
  }

  @Test
  void whoIsRevokedIsNotWatched() {
    fleet.enroll("acme", "a", "b");
    fleet.hear(MINUTE, "a", "b");
    fleet.look(watch);
    fleet.revoke("a");
    fleet.hear(MINUTE.multipliedBy(5), "b");
    fleet.look(watch);
    assertThat(fleet.story("a"))
        .containsExactly("endpoint.first-seen", "endpoint.changed", "endpoint.revoked");
  }

  private void lookTogether(EndpointWatch one, EndpointWatch other) throws Exception {
    try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
      fleet.awaitHeard();
      List<Future<?>> looks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        looks.add(nodes.submit(one::look));
        looks.add(nodes.submit(other::look));
      }
      for (Future<?> look : looks) {
        look.get();
      }
    }
    fleet.look(one);
    fleet.look(other);
  }
}
