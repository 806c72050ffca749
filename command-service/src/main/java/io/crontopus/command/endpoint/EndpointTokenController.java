package io.crontopus.command.endpoint;

import io.crontopus.endpoint.EndpointId;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.web.AuthenticationFilter;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.PathIds;
import io.crontopus.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Exchanging the tokens of endpoints. */
@RestController
@RequestMapping("/api/endpoints/{id}")
class EndpointTokenController {

  private final EndpointTokens tokens;
  private final BlockingWork blocking;

  EndpointTokenController(EndpointTokens tokens, BlockingWork blocking) {
    this.tokens = tokens;
    this.blocking = blocking;
  }

  record Handed(String token) {}

  /** Has an endpoint exchange its token, as soon as its agent is connected. */
  @PostMapping("/rotate")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<Void> rotate(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_AGENTS);
    EndpointId endpoint = new EndpointId(caller.tenantId(), PathIds.uuid(id, "endpoint"));
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> tokens.want(endpoint, origin));
  }

  /** Another token for the endpoint itself, when it is to exchange its own, which stays good. */
  @PostMapping("/token")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Handed> handOut(@PathVariable String id, Caller caller) {
    requireSelf(caller, id);
    return blocking
        .call(() -> tokens.handOut(new EndpointId(caller.tenantId(), id)))
        .map(Handed::new);
  }

  /** The token of this request is the endpoint's only one from now on. */
  @PostMapping("/token/confirm")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> confirm(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    requireSelf(caller, id);
    String secret = AuthenticationFilter.credentialOf(exchange);
    if (secret == null) {
      throw Problem.unauthenticated("the endpoint's token is missing");
    }
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(
        () -> tokens.confirm(new EndpointId(caller.tenantId(), id), secret, origin));
  }

  private static void requireSelf(Caller caller, String id) {
    if (caller.kind() != Caller.Kind.ENDPOINT) {
      throw Problem.forbidden("this is for the endpoint itself, with its own token (ep_…)");
    }
    if (!caller.subject().equals(id)) {
      throw Problem.notFound("endpoint");
    }
  }
}
