package io.crontopus.web;

import io.crontopus.identity.Caller;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Hands the caller to controllers that ask for it; those are closed to anonymous requests. */
public final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
    Caller caller = AuthenticationFilter.callerOf(exchange);
    return caller == null
        ? Mono.error(Problem.unauthenticated("send a token: Authorization: Bearer …"))
        : Mono.just(caller);
  }
}
