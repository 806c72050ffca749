package io.crontopus.projection;

import io.crontopus.eventstore.StoredEvent;
import java.util.List;
import java.util.Set;

/**
 * Turns events into rows, many at a time, in the transaction that stores how far it has come: each
 * event takes effect exactly once. It keeps nothing in memory between two batches.
 *
 * <p>Tables are named without their schema: the same code fills new tables beside those that serve.
 */
public interface Projection {

  /** The name under which its progress is stored, and by which operators know it. */
  String name();

  /** The log that it follows. */
  default Log log() {
    return Log.DOMAIN;
  }

  /** The types of event that it takes; it is shown no others. */
  Set<Class<?>> events();

  /**
   * The tables that it alone writes, and that a rebuild fills anew; empty when it cannot be
   * rebuilt.
   */
  List<String> tables();

  /**
   * Takes events, in the order of the log. When this throws, nothing of it counts: the events are
   * then given in halves, and the one that fails is parked.
   */
  void apply(List<StoredEvent> batch, ProjectionSession session);

  /** What an event has to stay in order with: after one is parked, the later ones are too. */
  default String sequenceOf(StoredEvent event) {
    return event.aggregateId();
  }

  /** The logs there are. */
  enum Log {
    DOMAIN,
    TELEMETRY
  }
}
