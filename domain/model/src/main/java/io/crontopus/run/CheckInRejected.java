package io.crontopus.run;

/** A check-in that cannot be taken, and why. */
public final class CheckInRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a check-in was refused. */
  public enum Reason {
    /** The run id is in use by another job. */
    RUN_OF_ANOTHER_JOB,
    /** Output was sent without a run id, and the job has no open run. */
    NO_OPEN_RUN,
    /** The run has as many separate pieces of output as one run may have. */
    TOO_MUCH_OUTPUT
  }

  private final Reason reason;

  public CheckInRejected(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The reason, for the code that the API shows. */
  public Reason reason() {
    return reason;
  }
}
