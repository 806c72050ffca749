package io.crontopus.manifest;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run may use of the machine. Absent: as the scheduler gives it.
 *
 * @param nice added niceness, -20 to 19
 * @param ioClass I/O scheduling class
 * @param memory limit in bytes
 * @param cpu limit in cores; 0.5 is half a core
 */
public record Resources(
    OptionalInt nice, Optional<IoClass> ioClass, OptionalLong memory, Optional<BigDecimal> cpu) {

  /** No limits. */
  public static final Resources NONE =
      new Resources(OptionalInt.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
}
