package io.crontopus.command.sso.provider;

/** A sign-in that came to nothing. What the browser is told is the reason, and nothing else. */
public final class SignInFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The person did not want to. */
    CANCELLED("cancelled"),
    /** It took too long, was used before, or began in another browser. */
    STALE("stale"),
    /** The provider does not answer, or nothing that can be read. */
    UNAVAILABLE("provider-unavailable"),
    /** The provider said no, or what it said proves nothing. */
    REFUSED("refused"),
    /** The address is not verified, or not in a domain that may come. */
    NOT_ALLOWED("not-allowed");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The name in the address of the page that tells. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;

  /**
   * A failure.
   *
   * @param detail for the platform's own log
   */
  public SignInFailed(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
