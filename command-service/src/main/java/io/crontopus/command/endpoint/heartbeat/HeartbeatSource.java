package io.crontopus.command.endpoint.heartbeat;

/**
 * Somebody whose newest sign of life waits to be stored. Whoever takes it calls exactly one of the
 * other two afterwards.
 */
interface HeartbeatSource {

  /** The newest sign of life, with everything that it stands for. */
  Taken take();

  /** What was taken last is durable. */
  void stored(Taken taken);

  /** What was taken last could not be stored and will not be tried again. */
  void refused(Taken taken);

  /**
   * What was taken.
   *
   * @param heard how many signs of life it stands for: the newest wins
   * @param upTo the number of the last of them
   */
  record Taken(SignOfLife newest, long heard, long upTo) {}
}
