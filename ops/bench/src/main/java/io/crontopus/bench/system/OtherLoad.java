package io.crontopus.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * How busy the machine is with something else: a figure that was measured beside other work says
 * little.
 */
public final class OtherLoad {

  private static final Path COUNTERS = Path.of("/proc/stat");
  private static final double TICKS_PER_SECOND = 100;

  /** The counters are too coarse for less. */
  private static final double SHORTEST_SECONDS = 0.5;

  private static final int USER = 0;
  private static final int NICE = 1;
  private static final int SYSTEM = 2;
  private static final int INTERRUPTS = 5;
  private static final int SOFT_INTERRUPTS = 6;
  private static final int STOLEN = 7;

  private double busyBefore = busy();
  private Usage ownBefore = own();

  /**
   * Processor time of others since the last call, in percent of one core; empty where the system
   * does not tell.
   */
  public OptionalDouble percentSinceLastCall() {
    double busy = busy();
    Usage own = own();
    double others = busy - busyBefore - own.secondsSince(ownBefore);
    double seconds = (own.atNanos() - ownBefore.atNanos()) / 1e9;
    busyBefore = busy;
    ownBefore = own;
    return busy == 0 || seconds < SHORTEST_SECONDS
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, 100 * others / seconds));
  }

  private static Usage own() {
    return Usage.of(ProcessHandle.current());
  }

  /** Seconds of all processors together, those that a host took for others included. */
  private static double busy() {
    try {
      String[] ticks = Files.readAllLines(COUNTERS).getFirst().replaceFirst("cpu +", "").split(" ");
      double sum = 0;
      for (int state : new int[] {USER, NICE, SYSTEM, INTERRUPTS, SOFT_INTERRUPTS, STOLEN}) {
        sum += Double.parseDouble(ticks[state]);
      }
      return sum / TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0;
    }
  }
}
