package io.crontopus.command.git;

/** Takes note of what was pushed. */
public interface PushRecorder {
  /**
   * Records a push; returns once it is durable. Called in order and one at a time per tenant, on a
   * thread that may block. After a crash the same push can come again: the second time must have no
   * effect.
   *
   * @throws RuntimeException when it cannot be recorded now; the call is repeated later, and no
   *     later push of the tenant comes before
   */
  void record(ObservedPush push);
}
