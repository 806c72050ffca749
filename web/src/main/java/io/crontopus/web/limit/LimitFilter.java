package io.crontopus.web.limit;

import io.crontopus.identity.Caller;
import io.crontopus.web.AuthenticationFilter;
import io.crontopus.web.edge.ClientAddress;
import io.crontopus.web.limit.Limit.Left;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Holds each request to its limit. Comes behind the filter that finds out who calls, and costs
 * those who ask most, endpoints, one look-up; API tokens that report check-ins none while they have
 * no limit.
 */
final class LimitFilter implements WebFilter {

  private static final String LOGIN = "/api/auth/login";
  private static final String REGISTER = "/api/auth/register";
  private static final String DEVICE = "/api/auth/device";
  private static final String SHOW = "/api/auth/device/show";
  private static final String APPROVE = "/api/auth/device/approve";
  private static final String DENY = "/api/auth/device/deny";
  private static final String PASSWORD = "/api/auth/password";
  private static final String EMAIL = "/api/auth/email";
  private static final String ACCEPT = "/api/auth/accept-invitation";
  private static final String CONFIRM_RESET = "/api/auth/password-reset/confirm";
  private static final String PASSWORD_RESET = "/api/auth/password-reset";
  private static final String SSO = "/api/auth/sso/";
  private static final String ENROLL = "/api/endpoints/enroll";
  private static final String CHECK_IN = "/api/checkins";
  private static final String CHECK_INS = "/api/checkins/batch";
  private static final String REQUESTS = "requests";

  private final LoginLimits logins;
  private final Limit register;
  private final Limit device;
  private final Limit userCodes;
  private final Limit passwordReset;
  private final Limit sso;
  private final Limit enroll;
  private final Limit endpoint;
  private final Limit checkIns;
  private final Limit api;
  private final Limit anonymous;
  private final TooMany tooMany;
  private final Exempt exempt;

  LimitFilter(LimitSettings settings, Exempt exempt, TooMany tooMany) {
    this.logins =
        new LoginLimits(
            new Limit("login", settings.login()),
            new Limit("login-address", settings.loginAddress()),
            new Limit("login-attempts", settings.loginAttempts()),
            tooMany);
    this.register = new Limit("register", settings.register());
    this.device = new Limit("device", settings.device());
    this.userCodes = new Limit("user-codes", settings.userCodes());
    this.passwordReset = new Limit("password-reset", settings.passwordReset());
    this.sso = new Limit("sso", settings.sso());
    this.enroll = new Limit("enroll", settings.enroll());
    this.endpoint = new Limit("endpoint", settings.endpoint());
    this.checkIns = new Limit("check-ins", settings.checkIns());
    this.api = new Limit("api", settings.api());
    this.anonymous = new Limit("anonymous", settings.anonymous());
    this.tooMany = tooMany;
    this.exempt = exempt;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    String route = HttpMethod.POST.equals(request.getMethod()) ? RoutePath.of(request) : "";
    return switch (route) {
      case LOGIN -> logins.filter(exchange, chain, exempt.covers(request));
      case PASSWORD, EMAIL -> password(exchange, chain);
      case ACCEPT, CONFIRM_RESET -> logins.chosen(exchange, chain, exempt.covers(request));
      case REGISTER -> byAddress(register, "registrations", exchange, chain);
      case DEVICE -> byAddress(device, "requests to be let in", exchange, chain);
      case SHOW, APPROVE, DENY -> guess(exchange, chain);
      case PASSWORD_RESET -> byAddress(passwordReset, "password resets", exchange, chain);
      case ENROLL -> byAddress(enroll, "enrollments", exchange, chain);
      case CHECK_IN, CHECK_INS -> byCaller(checkIns, exchange, chain);
      default ->
          RoutePath.of(request).startsWith(SSO)
              ? byAddress(sso, "requests to sign in", exchange, chain)
              : byCaller(api, exchange, chain);
    };
  }

  /** Only a user who has logged in has a password to show; others are refused without a look. */
  private Mono<Void> password(ServerWebExchange exchange, WebFilterChain chain) {
    @Nullable Caller caller = AuthenticationFilter.callerOf(exchange);
    return caller == null || caller.kind() != Caller.Kind.USER
        ? byCaller(api, exchange, chain)
        : logins.again(caller.subject(), exchange, chain, exempt.covers(exchange.getRequest()));
  }

  private Mono<Void> byCaller(Limit ofTokens, ServerWebExchange exchange, WebFilterChain chain) {
    @Nullable Caller caller = AuthenticationFilter.callerOf(exchange);
    if (caller == null) {
      return within(anonymous, null, exchange, chain);
    }
    return switch (caller.kind()) {
      case ENDPOINT -> within(endpoint, caller, exchange, chain);
      case USER, API_TOKEN, ENROLLMENT_TOKEN, OPERATOR -> within(ofTokens, caller, exchange, chain);
    };
  }

  /** Says nothing of the limit while it is kept: this is for those who ask often. */
  private Mono<Void> within(
      Limit limit, @Nullable Caller caller, ServerWebExchange exchange, WebFilterChain chain) {
    if (limit.isOff() || exempt.covers(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    Object client = caller == null ? client(exchange) : caller.subject();
    return limit.take(client)
        ? chain.filter(exchange)
        : Mono.error(tooMany.problem(limit, limit.look(client), REQUESTS, exchange));
  }

  /**
   * Lets a user name a code, unless too many were none. Counted before it is looked up and given
   * back if there was one, like passwords; addresses that are exempt are not.
   */
  private Mono<Void> guess(ServerWebExchange exchange, WebFilterChain chain) {
    @Nullable Caller caller = AuthenticationFilter.callerOf(exchange);
    if (caller == null || userCodes.isOff()) {
      return byCaller(api, exchange, chain);
    }
    Object user = Objects.requireNonNullElse(caller.userId(), caller.subject());
    Left left = userCodes.takeAndTell(user);
    if (!left.taken()) {
      return Mono.error(tooMany.problem(userCodes, left, "codes that are none", exchange));
    }
    exchange
        .getResponse()
        .beforeCommit(
            () ->
                Mono.fromRunnable(
                    () -> {
                      if (!HttpStatus.NOT_FOUND.equals(exchange.getResponse().getStatusCode())) {
                        userCodes.giveBack(user);
                      }
                    }));
    return byCaller(api, exchange, chain);
  }

  private Mono<Void> byAddress(
      Limit limit, String what, ServerWebExchange exchange, WebFilterChain chain) {
    if (limit.isOff() || exempt.covers(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    InetAddress client = client(exchange);
    Left left = limit.takeAndTell(client);
    if (!left.taken()) {
      return Mono.error(tooMany.problem(limit, left, what, exchange));
    }
    limit.describe(left, exchange.getResponse().getHeaders());
    exchange
        .getResponse()
        .beforeCommit(() -> Mono.fromRunnable(() -> settle(limit, client, left, exchange)));
    return chain.filter(exchange);
  }

  /** A request that was not even well-formed did nothing; people mistype their forms. */
  private static void settle(
      Limit limit, InetAddress client, Left left, ServerWebExchange exchange) {
    if (HttpStatus.BAD_REQUEST.equals(exchange.getResponse().getStatusCode())) {
      limit.giveBack(client);
      limit.describe(left.andOne(), exchange.getResponse().getHeaders());
    }
  }

  private static InetAddress client(ServerWebExchange exchange) {
    return ClientAddress.client(ClientAddress.of(exchange));
  }
}
