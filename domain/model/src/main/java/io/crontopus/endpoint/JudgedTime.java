package io.crontopus.endpoint;

import java.time.Duration;
import java.time.Instant;

/** The times by which endpoints and fleets are judged. */
public final class JudgedTime {

  /** A judgement may be told this late, after others that knew more. */
  private static final Duration TOLD_LATE = Duration.ofMinutes(5);

  private JudgedTime() {}

  /**
   * Nothing can have been heard after the time until which all that was heard is known: what is
   * remembered of a time that is later than this comes from a clock that was ahead, and counts for
   * nothing.
   *
   * @param judgedAt until when all that was heard is known
   */
  public static Instant latest(Instant judgedAt) {
    return judgedAt.plus(TOLD_LATE);
  }
}
