package io.crontopus.projection;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls a projection inside a savepoint. After an error PostgreSQL refuses everything else in a
 * transaction; rolling back to the savepoint keeps it usable, so that the event can be parked in it
 * and the rest of the batch goes on.
 */
final class ProjectionHandler implements EventMessageHandler {

  private final Projection projection;
  private final TransactionTemplate savepoint;

  ProjectionHandler(Projection projection, TransactionTemplate savepoint) {
    this.projection = projection;
    this.savepoint = savepoint;
  }

  @Override
  public @Nullable Object handle(EventMessage<?> message) {
    EventContext context = new EventContext(position(message));
    savepoint.executeWithoutResult(status -> projection.handle(message.getPayload(), context));
    return null;
  }

  @Override
  public void prepareReset() {
    projection.reset();
  }

  @Override
  public Class<?> getTargetType() {
    return projection.getClass();
  }

  private static long position(EventMessage<?> message) {
    return message instanceof TrackedEventMessage<?> tracked && tracked.trackingToken() != null
        ? tracked.trackingToken().position().orElse(0)
        : 0;
  }
}
