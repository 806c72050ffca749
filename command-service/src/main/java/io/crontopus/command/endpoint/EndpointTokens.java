package io.crontopus.command.endpoint;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.enrollment.events.EndpointTokenRotated;
import io.crontopus.enrollment.events.EndpointTokenRotationWanted;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EndpointTokenStore.Owner;
import io.crontopus.identity.SecretToken;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * How endpoints exchange their tokens. The platform hands out another one, the agent stores it and
 * uses it, and only that ends the one before: at every moment what the agent has stored is good.
 * Not for an event loop.
 */
final class EndpointTokens implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EndpointTokens.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final EndpointTokenStore store;
  private final CommandChannels channels;
  private final Facts facts;
  private final Duration age;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("endpoint-tokens").daemon().factory());

  private EndpointTokens(
      EndpointTokenStore store, CommandChannels channels, Facts facts, Duration age, Clock clock) {
    this.store = store;
    this.channels = channels;
    this.facts = facts;
    this.age = age;
    this.clock = clock;
  }

  /**
   * Starts to remind agents that are connected to this node, until closed.
   *
   * @param age how old a token gets before it is exchanged; zero for any age
   */
  static EndpointTokens start(
      EndpointTokenStore store, CommandChannels channels, Facts facts, Duration age, Clock clock) {
    EndpointTokens tokens = new EndpointTokens(store, channels, facts, age, clock);
    var _ =
        tokens.timer.scheduleWithFixedDelay(
            tokens::remind, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return tokens;
  }

  /**
   * Wants an endpoint to exchange its token: as soon as its agent is connected.
   *
   * @throws Problem 404 when there is no such endpoint, or it was revoked
   */
  void want(EndpointId endpoint, Origin origin) {
    Instant now = clock.instant();
    facts.record(
        origin,
        () -> {
          if (!store.wantRotation(owner(endpoint), now)) {
            throw Problem.notFound("endpoint");
          }
          return true;
        },
        new EndpointTokenRotationWanted(
            endpoint.tenantId(), endpoint.value(), origin.actor(), now));
  }

  /**
   * Another token for an endpoint that is to exchange its own.
   *
   * @throws Problem 409 when it is not
   */
  String handOut(EndpointId endpoint) {
    String secret = SecretToken.issue(SecretToken.Kind.ENDPOINT);
    if (!store.handOut(owner(endpoint), secret, oldest(), clock.instant())) {
      throw Problem.of(
          HttpStatus.CONFLICT, "rotation-not-wanted", "nobody asked to exchange this token");
    }
    return secret;
  }

  /** A token that was handed out is used: it is the only one from now on. */
  void confirm(EndpointId endpoint, String secret, Origin origin) {
    facts.recordOutcome(
        origin,
        () ->
            store.confirm(owner(endpoint), secret, clock.instant())
                ? Outcome.of(
                    true,
                    new EndpointTokenRotated(
                        endpoint.tenantId(), endpoint.value(), clock.instant()))
                : Outcome.of(false));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void remind() {
    try {
      Instant now = clock.instant();
      store
          .toRotate(oldest())
          .forEach(
              owner -> channels.rotate(new EndpointId(owner.tenantId(), owner.endpointId()), now));
    } catch (RuntimeException e) {
      log.warn("agents are asked to exchange their tokens later: {}", e.getMessage());
    }
  }

  private Instant oldest() {
    return age.isZero() ? Instant.EPOCH : clock.instant().minus(age);
  }

  private static Owner owner(EndpointId endpoint) {
    return new Owner(endpoint.tenantId(), endpoint.value());
  }
}
