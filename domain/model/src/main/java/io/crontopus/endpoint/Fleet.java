package io.crontopus.endpoint;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.crontopus.endpoint.commands.ObserveQuietFleet;
import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetWentQuiet;
import java.time.Instant;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** All endpoints of a tenant: whether they went quiet together. */
public class Fleet {

  @SuppressWarnings("UnusedVariable") // read by the event store
  @AggregateIdentifier
  private @Nullable String id;

  private boolean quiet;
  private Instant since = Instant.MIN;

  /** For the event store, which replays events into it. */
  protected Fleet() {}

  static Fleet create() {
    return new Fleet();
  }

  /** The identifier of the event stream of a tenant's fleet. */
  static String id(String tenantId) {
    return "fleet:" + tenantId;
  }

  void quiet(ObserveQuietFleet observed) {
    Instant judgedAt = observed.judgedAt();
    if (!quiet && (judgedAt.isAfter(since) || since.isAfter(JudgedTime.latest(judgedAt)))) {
      apply(
          new FleetWentQuiet(
              observed.tenantId(), observed.endpoints(), observed.lastSeenAt(), judgedAt));
    }
  }

  void back(String tenantId, Instant seenAt) {
    if (quiet) {
      apply(new FleetCameBack(tenantId, seenAt));
    }
  }

  @EventSourcingHandler
  void on(FleetWentQuiet event) {
    id = id(event.tenantId());
    quiet = true;
    since = event.judgedAt();
  }

  @EventSourcingHandler
  void on(FleetCameBack event) {
    quiet = false;
    since = event.seenAt();
  }
}
