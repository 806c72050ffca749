package io.crontopus.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What a starting command is doing, for its user: one line a step with the seconds since the start,
 * on stderr.
 */
public final class Progress {

  private final PrintStream out;
  private final long began = System.nanoTime();

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Reports one step. */
  public void step(String what) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", elapsed().toMillis() / 1000.0, what);
    out.flush();
  }

  /** Time since the command began. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
