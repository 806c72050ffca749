package io.crontopus.web;

/**
 * Where modules that do not write themselves have recorded what somebody did, or read: the write
 * side does it.
 */
@FunctionalInterface
public interface AuditTrail {

  /** Returns when the event is durable; nothing is to be answered before. Not for an event loop. */
  void record(Origin origin, Object event);
}
