package io.crontopus.command.bus;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.identity.TenantDatabase;
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

  /** Does the work and publishes the events, or neither. */
  public <T> T record(Origin origin, Supplier<T> work, Object... events) {
    return recordOutcome(origin, () -> Outcome.of(work.get(), events));
  }

  /**
   * Does the work and publishes what it says has happened, or neither. Work for a tenant sees and
   * changes what is this tenant's, and nothing else.
   */
  public <T> T recordOutcome(Origin origin, Supplier<Outcome<T>> work) {
    UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
    unit.attachTransaction(streams.transactions());
    return unit.executeWithResult(
            () -> {
              if (!origin.tenantId().isEmpty()) {
                database.enter(origin.tenantId());
              }
              Outcome<T> outcome = work.get();
              publish(outcome.events(), origin);
              return outcome.result();
            })
        .getPayload();
  }

  private void publish(List<Object> events, Origin origin) {
    if (origin.tenantId().isEmpty()) {
      streams.domainLog().append(events.stream().map(event -> ofPlatform(event, origin)).toList());
      return;
    }
    for (Object event : events) {
      streams
          .domain()
          .publish(GenericEventMessage.asEventMessage(event).andMetaData(origin.metadata()));
    }
  }

  /** What is the platform's own is in no tenant's part of the log. */
  private static NewEvent ofPlatform(Object event, Origin origin) {
    return NewEvent.alone(event, origin.metadata(), GenericEventMessage.clock.instant());
  }
}
