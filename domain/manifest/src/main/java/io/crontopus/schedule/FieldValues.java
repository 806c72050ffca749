package io.crontopus.schedule;

/**
 * What one field of an expression allows.
 *
 * @param bits bit n is set when n is allowed
 * @param star whether the field starts with {@code *}, which decides how days combine and how
 *     daylight saving is followed
 * @param text the field with names and Sunday's 7 as cron numbers
 */
record FieldValues(long bits, boolean star, String text) {

  boolean has(int value) {
    return (bits >>> value & 1) != 0;
  }

  /** The first allowed value from {@code from} on, or -1. */
  int next(int from) {
    long rest = from > 63 ? 0 : bits >>> from << from;
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }

  int first() {
    return Long.numberOfTrailingZeros(bits);
  }
}
