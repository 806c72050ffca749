package io.crontopus.bench.load;

import io.crontopus.bench.system.CompilerTime;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Load until the server is as quick as it gets: its code compiled, its caches filled. */
public final class WarmUp {

  private static final Duration SLICE = Duration.ofSeconds(2);
  private static final double GAIN_THAT_COUNTS = 1.04;
  private static final int SLICES_WITHOUT_GAIN = 3;

  /** Of a core: less is what a program compiles that has long been running. */
  private static final double COMPILING = 0.1;

  private WarmUp() {}

  /**
   * Repeats {@code load} in short slices until its rate stops rising.
   *
   * @param most ends it in any case
   */
  public static void run(Duration most, Function<Duration, LoadResult> load) {
    rising(most, slice -> load.apply(slice).rate());
  }

  /**
   * Repeats {@code load} in short slices until what it returns stops rising: how much is done in a
   * second, or for a second of processor time.
   *
   * @param most ends it in any case
   */
  public static void rising(Duration most, ToDoubleFunction<Duration> load) {
    long end = System.nanoTime() + most.toNanos();
    double best = 0;
    int without = 0;
    while (without < SLICES_WITHOUT_GAIN && System.nanoTime() < end) {
      double rate = load.applyAsDouble(SLICE);
      without = rate > best * GAIN_THAT_COUNTS ? 0 : without + 1;
      best = Math.max(best, rate);
    }
  }

  /**
   * Repeats {@code load} in short slices until a JVM has compiled what it runs.
   *
   * @param most ends it in any case
   */
  public static void compiled(Duration most, long pid, Consumer<Duration> load) {
    long end = System.nanoTime() + most.toNanos();
    int quiet = 0;
    while (quiet < SLICES_WITHOUT_GAIN && System.nanoTime() < end) {
      double before = CompilerTime.of(pid);
      load.accept(SLICE);
      boolean busy = CompilerTime.of(pid) - before > COMPILING * SLICE.toSeconds();
      quiet = busy ? 0 : quiet + 1;
    }
  }
}
