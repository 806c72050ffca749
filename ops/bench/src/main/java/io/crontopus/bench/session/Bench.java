package io.crontopus.bench.session;

/** One thing to measure. */
public interface Bench {

  /** What it is called on the command line. */
  String name();

  /** What it measures, in one line. */
  String description();

  /**
   * Measures, and adds each figure to the session's report as soon as it is known.
   *
   * @throws BenchFailure when it cannot be measured, with the reason
   */
  void measure(Session session) throws Exception;
}
