package io.crontopus.command.tenant;

import io.crontopus.command.git.GitAccess;
import io.crontopus.command.git.GitGrant;
import io.crontopus.command.git.GitPrincipal;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Problem;
import io.crontopus.web.limit.BadCredentials;
import io.crontopus.web.stream.OpenStreams;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Opens a tenant's repository to the platform's own tokens: endpoints read, users and API tokens as
 * they may.
 */
public final class TokenGitAccess implements GitAccess {

  private final Authenticator authenticator;
  private final SuspendedTenants suspended;
  private final OpenStreams open;
  private final BlockingWork blocking;
  private final BadCredentials bad;

  public TokenGitAccess(
      Authenticator authenticator,
      SuspendedTenants suspended,
      OpenStreams open,
      BlockingWork blocking,
      BadCredentials bad) {
    this.authenticator = authenticator;
    this.suspended = suspended;
    this.open = open;
    this.blocking = blocking;
    this.bad = bad;
  }

  @Override
  public Mono<GitGrant> authenticate(String password, ServerWebExchange exchange) {
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
        .map(caller -> grant(caller, password));
  }

  private GitGrant grant(Caller caller, String password) {
    return new GitGrant(
        principal(caller), open.end(caller, password), () -> isStill(caller, password));
  }

  private boolean isStill(Caller caller, String password) {
    return caller.equals(authenticator.refresh(password).caller())
        && !suspended.contains(caller.tenantId());
  }

  private GitPrincipal principal(Caller caller) {
    boolean endpoint = caller.kind() == Caller.Kind.ENDPOINT;
    return new GitPrincipal(
        caller.tenantId(),
        caller.actor(),
        endpoint || caller.may(Scope.READ_JOBS),
        caller.may(Scope.WRITE_JOBS),
        suspended.contains(caller.tenantId()));
  }
}
