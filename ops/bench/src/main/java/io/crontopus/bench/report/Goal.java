package io.crontopus.bench.report;

import org.jspecify.annotations.Nullable;

/** What a figure should be. */
public sealed interface Goal {

  /** Whether {@code value} reaches it; none when there is nothing to reach. */
  @Nullable Boolean isMetBy(double value);

  /** For people, with {@code unit} behind the number. */
  String text(String unit);

  static Goal atLeast(double least) {
    return new AtLeast(least);
  }

  static Goal below(double bound) {
    return new Below(bound);
  }

  static Goal atMost(double most) {
    return new AtMost(most);
  }

  /** The figure is only told. */
  static Goal none() {
    return new None();
  }

  /** This much or more. */
  record AtLeast(double least) implements Goal {
    @Override
    public Boolean isMetBy(double value) {
      return value >= least;
    }

    @Override
    public String text(String unit) {
      return "≥ " + Numbers.of(least, unit);
    }
  }

  /** Less than this. */
  record Below(double bound) implements Goal {
    @Override
    public Boolean isMetBy(double value) {
      return value < bound;
    }

    @Override
    public String text(String unit) {
      return "< " + Numbers.of(bound, unit);
    }
  }

  /** This much or less. */
  record AtMost(double most) implements Goal {
    @Override
    public Boolean isMetBy(double value) {
      return value <= most;
    }

    @Override
    public String text(String unit) {
      return "≤ " + Numbers.of(most, unit);
    }
  }

  /** Nothing. */
  record None() implements Goal {
    @Override
    public @Nullable Boolean isMetBy(double value) {
      return null;
    }

    @Override
    public String text(String unit) {
      return "";
    }
  }
}
