package io.crontopus.command.tenant;

import io.crontopus.command.git.GitAccess;
import io.crontopus.command.git.GitPrincipal;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import reactor.core.publisher.Mono;

/**
 * Opens a tenant's repository to the platform's own tokens: endpoints read, users and API tokens as
 * they may.
 */
public final class TokenGitAccess implements GitAccess {

  private final Authenticator authenticator;
  private final SuspendedTenants suspended;
  private final BlockingWork blocking;

  public TokenGitAccess(
      Authenticator authenticator, SuspendedTenants suspended, BlockingWork blocking) {
    this.authenticator = authenticator;
    this.suspended = suspended;
    this.blocking = blocking;
  }

  @Override
  public Mono<GitPrincipal> authenticate(String password) {
    return blocking
        .call(() -> authenticator.authenticate(password))
        .flatMap(answer -> Mono.justOrEmpty(answer.caller()))
        .filter(caller -> caller.kind() != Caller.Kind.ENROLLMENT_TOKEN)
        .map(this::principal);
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
