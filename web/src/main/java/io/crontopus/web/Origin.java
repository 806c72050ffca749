package io.crontopus.web;

import io.crontopus.identity.Caller;
import io.crontopus.web.edge.ClientAddress;
import java.util.Map;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a command comes from; every event that it causes carries it as metadata.
 *
 * @param actor who caused it: {@code user:…}, {@code token:…}, {@code endpoint:…} or {@code system}
 * @param traceId the trace of the request; empty when there is none
 * @param address where the request came from; empty when that is not recorded
 */
public record Origin(String tenantId, String actor, String traceId, String address) {

  /** Whoever calls without a credential. */
  public static final String ANONYMOUS = "anonymous";

  /** The names of the metadata entries, as stored. */
  public static final String TENANT = "tenantId";

  public static final String ACTOR = "actor";
  public static final String TRACE = "traceId";
  public static final String ADDRESS = "address";

  /** Without an address. */
  public Origin(String tenantId, String actor, String traceId) {
    this(tenantId, actor, traceId, "");
  }

  /** A command of this caller. */
  public static Origin of(Caller caller, String traceId) {
    return new Origin(caller.tenantId(), caller.actor(), traceId);
  }

  /**
   * A request of this caller, with the address that it came from: for what people are asked about.
   */
  public static Origin of(Caller caller, ServerWebExchange exchange) {
    return of(caller.tenantId(), caller.actor(), exchange);
  }

  /** A request about this tenant, with the address that it came from. */
  public static Origin of(String tenantId, String actor, ServerWebExchange exchange) {
    return new Origin(
        tenantId, actor, TraceFilter.traceId(exchange), ClientAddress.textOf(exchange));
  }

  /** A command that the platform itself sends. */
  public static Origin system(String tenantId) {
    return new Origin(tenantId, "system", "");
  }

  /** What every event that it causes carries. */
  public Map<String, String> metadata() {
    return address.isEmpty()
        ? Map.of(TENANT, tenantId, ACTOR, actor, TRACE, traceId)
        : Map.of(TENANT, tenantId, ACTOR, actor, TRACE, traceId, ADDRESS, address);
  }
}
