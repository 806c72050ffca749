package io.crontopus.command.account;

import io.crontopus.command.login.HashingWork;
import io.crontopus.command.login.Visit;
import io.crontopus.command.user.UserRules;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.RequestCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Choosing another password without knowing the one before. */
@RestController
@RequestMapping("/api/auth/password-reset")
class PasswordResetController {

  private static final Logger log = LoggerFactory.getLogger(PasswordResetController.class);

  private final PasswordResets resets;
  private final HashingWork hashing;
  private final BlockingWork blocking;

  PasswordResetController(PasswordResets resets, HashingWork hashing, BlockingWork blocking) {
    this.resets = resets;
    this.hashing = hashing;
    this.blocking = blocking;
  }

  record ResetRequest(@Nullable String email) {}

  record Confirmation(@Nullable String token, @Nullable String password) {}

  /**
   * Asks for a link to an address. The answer is the same whether somebody has that address, and
   * takes as long: the work is done beside the request.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<Void> request(@RequestBody ResetRequest request, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    String email = UserRules.email(check, "/email", request.email());
    check.done();
    Visit visit = Visit.of(exchange);
    blocking
        .run(() -> resets.request(email, visit))
        .subscribe(null, e -> log.warn("a password reset was not begun: {}", e.getMessage()));
    return Mono.empty();
  }

  /** Sets another password with the token of such a link, and ends all sessions of the user. */
  @PostMapping("/confirm")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> confirm(@RequestBody Confirmation request, ServerWebExchange exchange) {
    Visit visit = Visit.of(exchange);
    return hashing
        .call(
            () -> {
              resets.confirm(request.token(), request.password(), visit);
              return true;
            })
        .then();
  }
}
