package io.crontopus.command.git;

import java.util.regex.Pattern;

/** Which tenant ids can name a folder: nothing that could leave it or hide in it. */
final class TenantIds {
  private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final int MAX_LENGTH = 63;

  private TenantIds() {}

  static boolean isValid(String tenantId) {
    return tenantId.length() <= MAX_LENGTH && VALID.matcher(tenantId).matches();
  }
}
