package io.crontopus.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long things took, with three digits that count. */
public final class Latencies {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);
  private static final double MICROS_PER_MILLI = 1000;

  private final Histogram histogram = new Histogram(LONGEST_MICROS, 3);

  /** Adds one; negative ones count as nothing, very long ones as five minutes. */
  public void add(long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
  }

  public void add(Latencies others) {
    histogram.add(others.histogram);
  }

  public long count() {
    return histogram.getTotalCount();
  }

  /** The time, in milliseconds, that this share of them (in percent) did not exceed. */
  public double millis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  /** The longest, in milliseconds. */
  public double longestMillis() {
    return histogram.getMaxValue() / MICROS_PER_MILLI;
  }
}
