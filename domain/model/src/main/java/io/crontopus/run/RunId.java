package io.crontopus.run;

import java.util.regex.Pattern;

/**
 * Identity of a run within its tenant.
 *
 * @param tenantId the tenant
 * @param value the client's {@code run_id}, or a UUIDv7 of the server
 */
public record RunId(String tenantId, String value) {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Whether a client may use this text as the id of a run. */
  public static boolean isValid(String value) {
    return VALID.matcher(value).matches();
  }

  /** The identifier of the run's event stream. */
  @Override
  public String toString() {
    return "run:" + tenantId + ":" + value;
  }
}
