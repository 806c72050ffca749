package io.crontopus.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every request a trace id: the one of its W3C {@code traceparent}, else a new one. */
public final class TraceFilter implements WebFilter {

  /** The response header with the trace id. */
  public static final String HEADER = "Trace-Id";

  private static final String ATTRIBUTE = TraceFilter.class.getName();
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  /** The trace id of this request: 32 hexadecimal digits. */
  public static String traceId(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(ATTRIBUTE, "");
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String trace = traceOf(exchange.getRequest().getHeaders().getFirst("traceparent"));
    exchange.getAttributes().put(ATTRIBUTE, trace);
    exchange.getResponse().getHeaders().set(HEADER, trace);
    return chain.filter(exchange);
  }

  private static String traceOf(@Nullable String traceparent) {
    if (traceparent != null) {
      Matcher matcher = TRACEPARENT.matcher(traceparent);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
  }
}
