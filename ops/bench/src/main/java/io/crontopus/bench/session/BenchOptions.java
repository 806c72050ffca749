package io.crontopus.bench.session;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What every bench can be told. */
public final class BenchOptions {

  @Option(names = "--json", description = "print JSON lines instead of a table")
  boolean json;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "length of each measurement (default: ${DEFAULT-VALUE})")
  int seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "24",
      description =
          "at most so many seconds of load before anything counts (default: ${DEFAULT-VALUE})")
  int warmUp = 24;

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "how much data, against the default of the bench (default: ${DEFAULT-VALUE})")
  double scale = 1;

  @Option(
      names = "--full",
      description = "the amounts of data that the targets name; takes long (see the guide)")
  boolean full;

  @Option(
      names = "--record",
      description = "keep the results in docs/performance.md of this checkout")
  boolean record;

  public boolean json() {
    return json;
  }

  public Duration time() {
    return Duration.ofSeconds(seconds);
  }

  public Duration warmUp() {
    return Duration.ofSeconds(warmUp);
  }

  public boolean full() {
    return full;
  }

  public boolean record() {
    return record;
  }

  /** {@code normally} or {@code full}, times the scale; at least 1. */
  public long amount(long normally, long whenFull) {
    return Math.max(1, Math.round((full ? whenFull : normally) * scale));
  }

  /** The command line that gives these options again. */
  String commandLine() {
    return (seconds == 10 ? "" : " --seconds " + seconds)
        + (warmUp == 24 ? "" : " --warm-up " + warmUp)
        + (scale == 1 ? "" : " --scale " + scale)
        + (full ? " --full" : "");
  }
}
