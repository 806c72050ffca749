package io.crontopus.cli.admin;

import io.crontopus.cli.output.Row;

/** How a tenant's fields are told in words. */
final class TenantFields {

  private TenantFields() {}

  /** How far a removal is; empty while there is none. */
  static String purge(Row tenant) {
    if (!tenant.has("purge")) {
      return "";
    }
    Row purge = tenant.child("purge");
    String problem = purge.text("problem");
    return "%s: %s of %s events, %s other rows%s"
        .formatted(
            purge.text("phase"),
            purge.text("events"),
            purge.text("events_before"),
            purge.text("rows"),
            problem.isEmpty() ? "" : " · " + problem);
  }
}
