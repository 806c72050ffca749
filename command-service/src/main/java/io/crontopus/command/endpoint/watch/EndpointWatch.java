package io.crontopus.command.endpoint.watch;

import io.crontopus.command.bus.Commands;
import io.crontopus.command.endpoint.heartbeat.HeartbeatSettings;
import io.crontopus.endpoint.commands.ObserveLife;
import io.crontopus.endpoint.commands.ObserveSilence;
import io.crontopus.web.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compares heartbeats with what is known of their endpoints, and tells the endpoints where the two
 * differ. It looks at what is, not at what happened: whatever it missed it says the next time, and
 * what it says twice is once, because each endpoint decides itself.
 */
public final class EndpointWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EndpointWatch.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /**
   * Looking takes at most about this part of one connection's time, as long as there is little to
   * tell: a fleet that comes up is told of at once, not a look's worth every quarter of a minute.
   */
  private static final int PAUSE_FOR_A_LOOK = 100;

  private static final int AT_ONCE = 8;

  private final EndpointReadings readings;
  private final Commands commands;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("endpoint-watch").daemon().factory());
  private Duration pause = SHORTEST_PAUSE;

  public EndpointWatch(JdbcClient jdbc, HeartbeatSettings settings, Commands commands) {
    this.readings = new EndpointReadings(jdbc, settings);
    this.commands = commands;
  }

  /** Starts to look regularly, until closed. Every node does; one at a time looks. */
  public EndpointWatch start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::lookInTurn,
            SHORTEST_PAUSE.toMillis(),
            SHORTEST_PAUSE.toMillis(),
            TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /**
   * Looks once, and returns after everybody was told.
   *
   * @return whether there are more to tell than one look shows
   */
  public boolean look() {
    Optional<Hearing> known = readings.hearing();
    if (known.isEmpty()) {
      return false;
    }
    Hearing hearing = known.get();
    EndpointReadings.Fleets fleets = readings.fleets(hearing);
    tell(Flux.fromIterable(fleets.quiet()), command -> command.tenantId());
    tell(Flux.fromIterable(fleets.back()), command -> command.tenantId());
    List<ObserveLife> alive = readings.alive(hearing);
    tell(Flux.fromIterable(alive), command -> command.endpoint().tenantId());
    List<ObserveSilence> silent = readings.silent(hearing, fleets.held());
    tell(Flux.fromIterable(silent), command -> command.endpoint().tenantId());
    return alive.size() == EndpointReadings.MOST || silent.size() == EndpointReadings.MOST;
  }

  private interface TenantOf<T> {
    String tenant(T command);
  }

  private <T> void tell(Flux<T> some, TenantOf<T> tenantOf) {
    some.flatMap(
            command ->
                commands
                    .send(command, Origin.system(tenantOf.tenant(command)), Object.class)
                    .onErrorResume(
                        e -> {
                          log.debug("{} is told later: {}", command, e.getMessage());
                          return Mono.empty();
                        }),
            AT_ONCE)
        .then()
        .block();
  }

  private void lookInTurn() {
    try {
      if (readings.takeTurn(pause)) {
        long begun = System.nanoTime();
        boolean more = look();
        Duration took = more ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begun);
        pause =
            Duration.ofMillis(
                    Math.clamp(
                        took.toMillis() * PAUSE_FOR_A_LOOK,
                        SHORTEST_PAUSE.toMillis(),
                        LONGEST_PAUSE.toMillis()))
                .minusMillis(100);
      }
    } catch (RuntimeException e) {
      log.debug("endpoints are looked after later: {}", e.getMessage());
    }
  }
}
