package io.crontopus.command.tenant;

import io.crontopus.command.git.GitAccess;
import io.crontopus.command.git.GitPrincipal;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Problem;
import io.crontopus.web.limit.BadCredentials;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Opens a tenant's repository to the platform's own tokens: endpoints read, users and API tokens as
 * they may.
 */
public final class TokenGitAccess implements GitAccess {

  private final Authenticator authenticator;
  private final BlockingWork blocking;
  private final BadCredentials bad;

  public TokenGitAccess(Authenticator authenticator, BlockingWork blocking, BadCredentials bad) {
    this.authenticator = authenticator;
    this.blocking = blocking;
    this.bad = bad;
  }

  @Override
  public Mono<GitPrincipal> authenticate(String password, ServerWebExchange exchange) {
    @Nullable Problem refusal =
        authenticator.recent(password) == null ? bad.refusal(exchange) : null;
    if (refusal != null) {
      return Mono.error(refusal);
    }
    return blocking
        .call(() -> authenticator.authenticate(password))
        .doOnNext(
            answer -> {
              if (answer.caller() == null) {
                bad.count(exchange);
              }
            })
        .flatMap(answer -> Mono.justOrEmpty(answer.caller()))
        .filter(caller -> caller.kind() != Caller.Kind.ENROLLMENT_TOKEN)
        .map(TokenGitAccess::principal);
  }

  private static GitPrincipal principal(Caller caller) {
    boolean endpoint = caller.kind() == Caller.Kind.ENDPOINT;
    return new GitPrincipal(
        caller.tenantId(),
        caller.actor(),
        endpoint || caller.may(Scope.READ_JOBS),
        caller.may(Scope.WRITE_JOBS));
  }
}
