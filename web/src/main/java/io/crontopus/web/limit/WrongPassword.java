package io.crontopus.web.limit;

import org.springframework.web.server.ServerWebExchange;

/**
 * How a route tells the limits that the password in a request is not the caller's: its answer does
 * not say so, because it names all faults of the request alike.
 */
public final class WrongPassword {

  private static final String NOTED = WrongPassword.class.getName();

  private WrongPassword() {}

  /** Notes it; before the answer is sent. */
  public static void note(ServerWebExchange exchange) {
    exchange.getAttributes().put(NOTED, true);
  }

  static boolean isNoted(ServerWebExchange exchange) {
    return exchange.getAttributes().containsKey(NOTED);
  }
}
