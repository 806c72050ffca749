package io.crontopus.command.bus;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.Origin;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Records facts that no aggregate decides (a token was made, a user joined) together with the rows
 * they are about: both in one transaction. Not for an event loop.
 */
public final class Facts {

  private final EventStreams streams;
  private final TenantDatabase database;

  public Facts(EventStreams streams, TenantDatabase database) {
    this.streams = streams;
    this.database = database;
  }

  /**
   * What work came to.
   *
   * @param events what happened by it; none when nothing did
   */
  public record Outcome<T>(T result, List<Object> events) {

    public Outcome {
      events = List.copyOf(events);
    }

    /** A result with what happened. */
    public static <T> Outcome<T> of(T result, Object... events) {
      return new Outcome<>(result, Arrays.asList(events));
    }
  }

  /**
   * An event that is told of another origin than what else operators did: of the platform and not
   * of the tenant.
   */
  public record Told(Origin origin, Object event) {}

  /** Does the work and publishes the events, or neither. */
  public <T> T record(Origin origin, Supplier<T> work, Object... events) {
    return recordOutcome(origin, () -> Outcome.of(work.get(), events));
  }

  /**
   * Does the work and publishes what it says has happened, or neither. Work for a tenant sees and
   * changes what is this tenant's, and nothing else.
   */
  public <T> T recordOutcome(Origin origin, Supplier<Outcome<T>> work) {
    return inTransaction(
        () -> {
          if (!origin.tenantId().isEmpty()) {
            database.enter(origin.tenantId());
          }
          Outcome<T> outcome = work.get();
          if (origin.tenantId().isEmpty()) {
            append(outcome.events(), origin);
          } else {
            publish(outcome.events(), origin);
          }
          return outcome.result();
        });
  }

  /**
   * Does work of those who operate the platform, on whatever tenants, and records what it says has
   * happened, or neither.
   */
  public <T> T recordInAll(Origin origin, Supplier<Outcome<T>> work) {
    return inTransaction(
        () -> {
          database.enterAll();
          Outcome<T> outcome = work.get();
          append(outcome.events(), origin);
          return outcome.result();
        });
  }

  private <T> T inTransaction(Supplier<T> work) {
    UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
    unit.attachTransaction(streams.transactions());
    return unit.executeWithResult(work::get).getPayload();
  }

  /** Through what the tenant may see and add to. */
  private void publish(List<Object> events, Origin origin) {
    for (Object event : events) {
      streams
          .domain()
          .publish(GenericEventMessage.asEventMessage(event).andMetaData(origin.metadata()));
    }
  }

  /** Beside what a tenant may see: what is the platform's own is in no tenant's part of the log. */
  private void append(List<Object> events, Origin origin) {
    Instant now = GenericEventMessage.clock.instant();
    streams
        .domainLog()
        .append(
            events.stream()
                .map(event -> event instanceof Told told ? told : new Told(origin, event))
                .map(told -> NewEvent.alone(told.event(), told.origin().metadata(), now))
                .toList());
  }
}
