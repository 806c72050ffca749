package io.crontopus.schedule;

/** A cron expression that cannot be used: why, where in it, and what would be right. */
public final class ScheduleException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** What kind of mistake it is. */
  public enum Reason {
    /** Nothing there. */
    EMPTY,
    /** Not five fields. */
    FIELD_COUNT,
    /** Not a number, name, range, step or list. */
    SYNTAX,
    /** A number that the field does not have. */
    OUT_OF_RANGE,
    /** A range that ends before it starts. */
    REVERSED_RANGE,
    /** A step that is not a positive number, or has no range to step over. */
    STEP,
    /** A name of no month or day. */
    UNKNOWN_NAME,
    /** No such {@code @macro}. */
    UNKNOWN_MACRO,
    /** Other schedulers' syntax. */
    NOT_CRON,
    /** Well formed, and never due. */
    IMPOSSIBLE
  }

  private final Reason reason;
  private final String expression;
  private final int position;
  private final String problem;
  private final String hint;

  ScheduleException(Reason reason, String expression, int position, String problem, String hint) {
    super(problem + "; " + hint);
    this.reason = reason;
    this.expression = expression;
    this.position = position;
    this.problem = problem;
    this.hint = hint;
  }

  public Reason reason() {
    return reason;
  }

  /** The expression as it was given. */
  public String expression() {
    return expression;
  }

  /** Index of the first wrong character in {@link #expression}. */
  public int position() {
    return position;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What would be right. */
  public String hint() {
    return hint;
  }
}
