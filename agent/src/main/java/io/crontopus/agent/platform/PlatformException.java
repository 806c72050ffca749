package io.crontopus.agent.platform;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that the platform did not carry out. */
public final class PlatformException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What to make of it. */
  public enum Kind {
    /** No answer: try again. */
    UNREACHABLE,
    /** It cannot now (5xx, 429): try again. */
    UNAVAILABLE,
    /** The token is not, or no longer, good for this (401, 403). */
    UNAUTHORIZED,
    /** It will never carry out this request (other 4xx). */
    REFUSED
  }

  private final Kind kind;
  private final int status;
  private final @Nullable Duration retryAfter;

  PlatformException(
      Kind kind,
      int status,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  static PlatformException unreachable(String server, Throwable cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new PlatformException(
        Kind.UNREACHABLE, 0, server + " cannot be reached: " + why, null, cause);
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status; 0 without an answer. */
  public int status() {
    return status;
  }

  /** How long the platform asks to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
