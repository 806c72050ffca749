package io.crontopus.endpoint;

import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.endpoint.commands.ObserveFleetBack;
import io.crontopus.endpoint.commands.ObserveLife;
import io.crontopus.endpoint.commands.ObserveQuietFleet;
import io.crontopus.endpoint.commands.ObserveSilence;
import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointFirstSeen;
import io.crontopus.endpoint.events.EndpointWentSilent;
import io.crontopus.endpoint.events.FleetWentQuiet;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of an endpoint's life outweighs what was known before, but not what cannot be. */
class JudgedLifeTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(10));
  private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));
  private static final EndpointId ENDPOINT = EndpointId.ofMachine("acme", "machine-1");

  private AggregateTestFixture<Endpoint> fixture = new AggregateTestFixture<>(Endpoint.class);

  @BeforeEach
  void registerHandler() {
    fixture = new AggregateTestFixture<>(Endpoint.class);
    fixture.registerAnnotatedCommandHandler(new EndpointHandler(fixture.getRepository(), _ -> {}));
  }

  @Test
  void givenASignWhenAnOlderJudgementComesLateThenNothingHappens() {
    fixture
        .givenCommands(enroll(), life(NOON.plusSeconds(90)))
        .when(new ObserveSilence(ENDPOINT, NOON, NOON.plusSeconds(60), false))
        .expectNoEvents();
  }

  @Test
  void givenASignFromTomorrowWhenNothingIsHeardThenItIsSilentToday() {
    fixture
        .givenCommands(enroll(), life(TOMORROW))
        .when(new ObserveSilence(ENDPOINT, NOON, LATER, false))
        .expectEvents(new EndpointWentSilent("acme", ENDPOINT.value(), NOON, LATER));
  }

  @Test
  void givenWhatAnEndpointSaysWhenItEnrollsAgainThenThatIsToldAgain() {
    fixture
        .givenCommands(enroll(), life(NOON), enroll())
        .when(life(LATER))
        .expectEvents(
            new EndpointFirstSeen("acme", ENDPOINT.value(), LATER),
            new EndpointChanged("acme", ENDPOINT.value(), "1.1", "cron", true, "c1", LATER));
  }

  @Test
  void givenAFleetThatCameBackTomorrowWhenNothingIsHeardThenItIsQuietToday() {
    AggregateTestFixture<Fleet> fleet = new AggregateTestFixture<>(Fleet.class);
    fleet.registerAnnotatedCommandHandler(new FleetHandler(fleet.getRepository()));
    fleet
        .givenCommands(
            new ObserveQuietFleet("acme", 3, NOON, NOON), new ObserveFleetBack("acme", TOMORROW))
        .when(new ObserveQuietFleet("acme", 3, NOON, LATER))
        .expectEvents(new FleetWentQuiet("acme", 3, NOON, LATER));
  }

  private static EnrollEndpoint enroll() {
    return new EnrollEndpoint(
        ENDPOINT, "web-1", "web-1", "machine-1", "linux", "", Map.of(), "token-1", NOON);
  }

  private static ObserveLife life(Instant seenAt) {
    return new ObserveLife(ENDPOINT, seenAt, seenAt, "1.1", "cron", true, "c1");
  }
}
