package io.crontopus.command.bus;

import io.crontopus.eventstore.EventStreams;
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

  /** Does the work and publishes the events, or neither. */
  public <T> T record(Origin origin, Supplier<T> work, Object... events) {
    UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
    unit.attachTransaction(streams.transactions());
    return unit.executeWithResult(
            () -> {
              T result = work.get();
              for (Object event : events) {
                streams
                    .domain()
                    .publish(
                        GenericEventMessage.asEventMessage(event).andMetaData(origin.metadata()));
              }
              return result;
            })
        .getPayload();
  }
}
