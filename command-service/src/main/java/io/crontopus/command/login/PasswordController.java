package io.crontopus.command.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.login.events.PasswordChanged;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.limit.WrongPassword;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Changing one's password. */
@RestController
@RequestMapping("/api/auth/password")
class PasswordController {

  private final UserStore users;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final FailedLogins failedLogins;
  private final HashingWork hashing;
  private final Facts facts;
  private final Clock clock;

  PasswordController(
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      FailedLogins failedLogins,
      HashingWork hashing,
      Facts facts,
      Clock clock) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.failedLogins = failedLogins;
    this.hashing = hashing;
    this.facts = facts;
    this.clock = clock;
  }

  record Request(@Nullable String current, @JsonProperty("new") @Nullable String chosen) {}

  /**
   * Changes the caller's password, and ends their other sessions: who changes it may have reason
   * to.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> change(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
    Login login = Login.of(caller);
    Origin origin = Origin.of(caller, exchange);
    return hashing.call(() -> change(request, login, origin, exchange)).then();
  }

  private boolean change(Request request, Login login, Origin origin, ServerWebExchange exchange) {
    User user =
        users.find(origin.tenantId(), login.userId()).orElseThrow(() -> Problem.notFound("user"));
    String current = request.current() == null ? "" : request.current();
    String chosen = request.chosen() == null ? "" : request.chosen();
    RequestCheck check = new RequestCheck();
    NewPassword.check(check, "/new", chosen, user.username(), user.email());
    check.that(!chosen.equals(current), "/new", "is the password that you have");
    if (current.isEmpty()) {
      check.error("/current", "is required");
    } else if (!passwords.isOf(user, current)) {
      failedLogins.note(user, Visit.of(exchange));
      WrongPassword.note(exchange);
      check.error("/current", "is not your password");
    }
    check.done();
    String hash = passwords.hash(chosen);
    return facts.recordOutcome(origin, () -> store(user, hash, login));
  }

  private Outcome<Boolean> store(User user, String hash, Login login) {
    Instant now = clock.instant();
    if (!users.setPassword(user, hash)) {
      throw Problem.invalid("/current", "is not your password");
    }
    List<Object> events = new ArrayList<>();
    events.add(new PasswordChanged(user.tenantId(), user.id(), now));
    List<String> ended = sessions.endAllBut(user.id(), login.sessionId());
    if (!ended.isEmpty()) {
      events.add(new SessionsEnded(user.tenantId(), user.id(), ended, "password-changed", now));
    }
    return new Outcome<>(true, events);
  }
}
