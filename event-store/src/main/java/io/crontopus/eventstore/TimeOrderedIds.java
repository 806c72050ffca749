package io.crontopus.eventstore;

import org.axonframework.common.IdentifierFactory;

/**
 * Gives the framework's messages ids that grow with time: events with random ones would be written
 * all over the index on them. Found through {@link java.util.ServiceLoader}.
 */
public final class TimeOrderedIds extends IdentifierFactory {

  @Override
  public String generateIdentifier() {
    return NewEvent.newId();
  }
}
