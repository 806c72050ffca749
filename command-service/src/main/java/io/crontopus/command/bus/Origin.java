package io.crontopus.command.bus;

import io.crontopus.identity.Caller;
import java.util.Map;

/**
 * Where a command comes from; every event that it causes carries it as metadata.
 *
 * @param actor who caused it: {@code user:…}, {@code token:…}, {@code endpoint:…} or {@code system}
 * @param traceId the trace of the request; empty when there is none
 */
public record Origin(String tenantId, String actor, String traceId) {

  /** The names of the metadata entries, as stored. */
  static final String TENANT = "tenantId";

  static final String ACTOR = "actor";
  static final String TRACE = "traceId";

  /** A command of this caller. */
  public static Origin of(Caller caller, String traceId) {
    return new Origin(caller.tenantId(), caller.actor(), traceId);
  }

  /** A command that the platform itself sends. */
  public static Origin system(String tenantId) {
    return new Origin(tenantId, "system", "");
  }

  /** What every event that it causes carries. */
  public Map<String, String> metadata() {
    return Map.of(TENANT, tenantId, ACTOR, actor, TRACE, traceId);
  }
}
