package io.crontopus.projection.audit;

/**
 * Something in the audit log or the events does not fit what was there before.
 *
 * @param seq where in the tenant's log it begins
 * @param detail for a person
 */
record Finding(String tenantId, Kind kind, long seq, String detail) {

  /** What is wrong. */
  enum Kind {
    /** The stored event is not the one that was hashed. */
    ALTERED,
    /** The stored event is gone. */
    REMOVED,
    /** An event stands where none was when its place was passed. */
    INSERTED,
    /** The entries are not in the order of the events. */
    REORDERED,
    /** The tree is another one than was signed. */
    DIVERGED,
    /** The log is shorter than was signed. */
    TRUNCATED,
    /** A checkpoint carries no signature of a key of the platform. */
    UNSIGNED;

    /** The name in the API. */
    String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
