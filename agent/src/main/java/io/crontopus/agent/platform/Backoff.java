package io.crontopus.agent.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: twice as long each time, and never the same for two agents. */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private int failures;

  /** Pauses from {@code first} to {@code longest}. */
  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** Forgets all failures. */
  public void reset() {
    failures = 0;
  }

  /**
   * The pause after one more failure: between half and all of {@code first * 2^failures}, and not
   * shorter than was asked for.
   */
  public Duration next(Optional<Duration> askedFor) {
    long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, 30));
    failures++;
    long pause = full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    return askedFor
        .filter(asked -> asked.toMillis() > pause)
        .map(asked -> asked.plusMillis(ThreadLocalRandom.current().nextLong(1_000)))
        .orElse(Duration.ofMillis(pause));
  }
}
