package io.crontopus.cli.audit;

/**
 * An event that is not what was signed.
 *
 * @param what {@code altered}, {@code removed}, {@code reordered}, …
 * @param type the event's type; empty when it is not known
 * @param time when it happened; empty when it is not known
 */
record Deviation(long seq, String what, String type, String time, String detail) {

  static Deviation of(EventLine line, String what, String detail) {
    return new Deviation(line.seq(), what, line.type(), line.time(), detail);
  }

  /** For a person. */
  String text() {
    String known = type.isEmpty() ? "" : " (" + type + ", " + time + ")";
    return "seq " + seq + known + " was " + what + ": " + detail;
  }
}
