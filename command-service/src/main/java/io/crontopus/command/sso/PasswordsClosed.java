package io.crontopus.command.sso;

import io.crontopus.web.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Where people sign in with a provider only: nobody logs in with a password, is sent one, or comes
 * to have one. API tokens, and sessions that go on, are not its business. It is a filter, so that
 * no way to a password can forget to ask.
 */
final class PasswordsClosed implements WebFilter {

  private static final String LOGIN = "/api/auth/login";
  private static final Set<String> CLOSED =
      Set.of("/api/auth/register", "/api/auth/accept-invitation", "/api/auth/password-reset");

  private final Set<String> breakGlass;

  /**
   * Closes them.
   *
   * @param breakGlass user names that may log in with a password all the same
   */
  PasswordsClosed(List<String> breakGlass) {
    this.breakGlass =
        breakGlass.stream().map(PasswordsClosed::plain).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    if (!HttpMethod.POST.equals(request.getMethod())) {
      return chain.filter(exchange);
    }
    String path = path(request);
    if (path.equals(LOGIN)) {
      return exchange
          .getFormData()
          .flatMap(
              form ->
                  mayLogIn(form.getFirst("username"))
                      ? chain.filter(exchange)
                      : Mono.error(refusal()));
    }
    boolean closed =
        CLOSED.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
    return closed ? Mono.error(refusal()) : chain.filter(exchange);
  }

  private boolean mayLogIn(@Nullable String username) {
    return username != null && breakGlass.contains(plain(username));
  }

  private static Problem refusal() {
    return Problem.of(
        HttpStatus.FORBIDDEN,
        "sso-only",
        "people sign in with a provider here, not with a password: GET /api/auth/sso names them");
  }

  private static String plain(String username) {
    return username.strip().toLowerCase(Locale.ROOT);
  }

  /** As routes match it, however it is spelled. */
  private static String path(ServerHttpRequest request) {
    StringBuilder path = new StringBuilder();
    for (PathContainer.Element element : request.getPath().pathWithinApplication().elements()) {
      path.append(
          element instanceof PathContainer.PathSegment segment
              ? segment.valueToMatch()
              : element.value());
    }
    return path.toString();
  }
}
