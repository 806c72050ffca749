package io.crontopus.command.git;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Decides whose repository a credential opens. */
public interface GitAccess {
  /**
   * Checks the password part of a Git client's Basic credentials (a token); the user name is not
   * looked at.
   *
   * @param exchange the request that it came with
   * @return what it opens, or an empty Mono when the credential is unknown, expired or revoked; an
   *     error when too many came from where it comes from
   */
  Mono<GitGrant> authenticate(String password, ServerWebExchange exchange);
}
