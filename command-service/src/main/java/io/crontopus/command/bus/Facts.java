package io.crontopus.command.bus;

import io.crontopus.eventstore.EventStreams;
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

  public Facts(EventStreams streams) {
    this.streams = streams;
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
   * An event that is told of another origin than what else happened with it: of the platform and
   * not of the tenant, for example.
   */
  public record Told(Origin origin, Object event) {}

  /** Does the work and publishes the events, or neither. */
  public <T> T record(Origin origin, Supplier<T> work, Object... events) {
    return recordOutcome(origin, () -> Outcome.of(work.get(), events));
  }

  /** Does the work and publishes what it says has happened, or neither. */
  public <T> T recordOutcome(Origin origin, Supplier<Outcome<T>> work) {
    UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
    unit.attachTransaction(streams.transactions());
    return unit.executeWithResult(
            () -> {
              Outcome<T> outcome = work.get();
              for (Object event : outcome.events()) {
                Told told = event instanceof Told other ? other : new Told(origin, event);
                streams
                    .domain()
                    .publish(
                        GenericEventMessage.asEventMessage(told.event())
                            .andMetaData(told.origin().metadata()));
              }
              return outcome.result();
            })
        .getPayload();
  }
}
