package io.crontopus.command.endpoint.heartbeat;

/** What is wrong with a heartbeat. Cheap to throw: it is an answer, not a failure. */
final class BadHeartbeat extends Exception {

  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String detail;

  BadHeartbeat(String pointer, String detail) {
    super(pointer + " " + detail, null, false, false);
    this.pointer = pointer;
    this.detail = detail;
  }

  /** JSON pointer to what is wrong; empty for all of it. */
  String pointer() {
    return pointer;
  }

  String detail() {
    return detail;
  }
}
