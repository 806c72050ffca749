package io.crontopus.projection;

/**
 * Turns events into rows. Called by one thread at a time, in the transaction that stores how far it
 * has come, so that each event takes effect exactly once.
 */
public interface Projection {

  /** The name under which its progress is stored. */
  String name();

  /**
   * Takes an event; ignores those it has nothing to do with. An exception parks the event and those
   * that follow it.
   */
  void handle(Object event, EventContext context);

  /** Empties its tables, before all events come again. */
  void reset();
}
