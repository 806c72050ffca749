package io.crontopus.command.account;

import io.crontopus.command.login.FailedLogins;
import io.crontopus.command.login.HashingWork;
import io.crontopus.command.login.Login;
import io.crontopus.command.login.Visit;
import io.crontopus.command.user.UserRules;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.limit.WrongPassword;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Verifying and changing one's e-mail address. */
@RestController
@RequestMapping("/api/auth")
class AddressController {

  private static final int LONGEST_TOKEN = 200;

  private final Addresses addresses;
  private final UserStore users;
  private final Passwords passwords;
  private final FailedLogins failedLogins;
  private final HashingWork hashing;
  private final BlockingWork blocking;

  AddressController(
      Addresses addresses,
      UserStore users,
      Passwords passwords,
      FailedLogins failedLogins,
      HashingWork hashing,
      BlockingWork blocking) {
    this.addresses = addresses;
    this.users = users;
    this.passwords = passwords;
    this.failedLogins = failedLogins;
    this.hashing = hashing;
    this.blocking = blocking;
  }

  record VerifyRequest(@Nullable String token) {}

  record ChangeRequest(@Nullable String email, @Nullable String password) {}

  /**
   * What became of a change.
   *
   * @param changed false when the reader of the address has to confirm it first
   */
  record Changed(String email, boolean changed) {}

  /** Confirms an address with the token of a link that was sent to it. */
  @PostMapping("/verify-email")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> verify(@RequestBody VerifyRequest request, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    String token = check.text("/token", request.token(), LONGEST_TOKEN);
    check.done();
    Visit visit = Visit.of(exchange);
    return blocking.run(() -> addresses.verify(token, visit));
  }

  /** Sends the link once more to the caller's address. */
  @PostMapping("/verify-email/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<Void> resend(Caller caller, ServerWebExchange exchange) {
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> addresses.resend(user(caller), origin));
  }

  /** Changes the caller's address, who has to show the password; its reader has to confirm it. */
  @PostMapping("/email")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<Changed> change(
      @RequestBody ChangeRequest request, Caller caller, ServerWebExchange exchange) {
    Origin origin = Origin.of(caller, exchange);
    return hashing.call(() -> change(request, user(caller), origin, exchange));
  }

  private Changed change(
      ChangeRequest request, User user, Origin origin, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    String email = UserRules.email(check, "/email", request.email());
    check.that(!email.equalsIgnoreCase(user.email()), "/email", "is the address that you have");
    String password = request.password() == null ? "" : request.password();
    if (password.isEmpty()) {
      check.error("/password", "is required");
    } else if (!passwords.isOf(user, password)) {
      failedLogins.note(user, Visit.of(exchange));
      WrongPassword.note(exchange);
      check.error("/password", "is not your password");
    }
    check.done();
    return new Changed(email, addresses.change(user, email, origin));
  }

  private User user(Caller caller) {
    return users
        .find(caller.tenantId(), Login.of(caller).userId())
        .orElseThrow(() -> Problem.notFound("user"));
  }
}
