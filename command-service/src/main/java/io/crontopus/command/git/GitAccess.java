package io.crontopus.command.git;

import reactor.core.publisher.Mono;

/** Decides whose repository a credential opens. */
public interface GitAccess {
  /**
   * Checks the password part of a Git client's Basic credentials (a token); the user name is not
   * looked at.
   *
   * @return who it is, or an empty Mono when the credential is unknown, expired or revoked
   */
  Mono<GitPrincipal> authenticate(String password);
}
