package io.crontopus.command.login.device;

/**
 * Why a program gets no tokens, as RFC 8628 (3.5) and RFC 6749 (5.2) name it. These answers are
 * OAuth's and no problem documents: clients of that standard read them.
 */
final class DeviceRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The reasons; clients know them by name. */
  enum Reason {
    AUTHORIZATION_PENDING("nobody has approved it yet"),
    SLOW_DOWN("asked too soon: wait five seconds longer from now on"),
    ACCESS_DENIED("somebody refused it"),
    EXPIRED_TOKEN("nobody approved it in time: start again"),
    INVALID_GRANT("there is no such device code, or it has been used"),
    INVALID_REQUEST("client_id, or the device code, is missing or too long"),
    UNSUPPORTED_GRANT_TYPE("grant_type must be urn:ietf:params:oauth:grant-type:device_code");

    private final String description;

    Reason(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  private final Reason reason;

  DeviceRefusal(Reason reason) {
    super(reason.description, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
