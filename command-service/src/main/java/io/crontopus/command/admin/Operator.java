package io.crontopus.command.admin;

import io.crontopus.web.Origin;

/**
 * Who does something to a tenant, and why.
 *
 * @param request where it comes from; of no tenant
 * @param reason for the logs of the tenant and of the platform
 */
record Operator(Origin request, String reason) {

  String actor() {
    return request.actor();
  }

  /** The same, as the tenant's own log tells it. */
  Origin about(String tenantId) {
    return new Origin(tenantId, request.actor(), request.traceId(), request.address());
  }
}
