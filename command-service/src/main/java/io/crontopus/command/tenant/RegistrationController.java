package io.crontopus.command.tenant;

import io.crontopus.command.login.HashingWork;
import io.crontopus.command.login.Visit;
import io.crontopus.command.user.Me;
import io.crontopus.command.user.UserRules;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Registration: how a tenant begins. */
@RestController
@RequestMapping("/api/auth/register")
class RegistrationController {

  private final Registration registration;
  private final boolean registrationOpen;
  private final HashingWork hashing;

  RegistrationController(Registration registration, boolean registrationOpen, HashingWork hashing) {
    this.registration = registration;
    this.registrationOpen = registrationOpen;
    this.hashing = hashing;
  }

  record RegisterRequest(
      @Nullable String username, @Nullable String email, @Nullable String password) {}

  /** Makes a tenant with its first user. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Me> register(@RequestBody RegisterRequest request, ServerWebExchange exchange) {
    if (!registrationOpen) {
      throw Problem.forbidden("registration is closed on this server");
    }
    Visit visit = Visit.of(exchange);
    return hashing.call(() -> register(request, visit));
  }

  private Me register(RegisterRequest request, Visit visit) {
    RequestCheck check = new RequestCheck();
    String username = UserRules.username(check, "/username", request.username());
    String email = UserRules.email(check, "/email", request.email());
    String password = UserRules.password(check, "/password", request.password(), username, email);
    check.done();
    return Me.of(registration.register(username, email, password, visit));
  }
}
