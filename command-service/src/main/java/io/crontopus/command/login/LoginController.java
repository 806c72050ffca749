package io.crontopus.command.login;

import io.crontopus.command.login.Sessions.Tokens;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.web.AuthenticationFilter;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Logging in and out. */
@RestController
@RequestMapping("/api/auth")
class LoginController {

  private static final int LONGEST_NAME = 254;
  private static final int LONGEST_TOKEN = 200;

  private final UserStore users;
  private final Passwords passwords;
  private final Sessions sessions;
  private final FailedLogins failedLogins;
  private final HashingWork hashing;
  private final BlockingWork blocking;

  LoginController(
      UserStore users,
      Passwords passwords,
      Sessions sessions,
      FailedLogins failedLogins,
      HashingWork hashing,
      BlockingWork blocking) {
    this.users = users;
    this.passwords = passwords;
    this.sessions = sessions;
    this.failedLogins = failedLogins;
    this.hashing = hashing;
    this.blocking = blocking;
  }

  record RefreshRequest(@Nullable String refreshToken) {}

  /** Logs in with the OAuth2 password form. */
  @PostMapping("/login")
  Mono<Tokens> login(ServerWebExchange exchange) {
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              RequestCheck check = new RequestCheck();
              String username = check.text("username", form.getFirst("username"), LONGEST_NAME);
              String password = form.getFirst("password");
              check.that(password != null && !password.isEmpty(), "password", "is required");
              check.done();
              Visit visit = Visit.of(exchange);
              return hashing.call(() -> logIn(username, password == null ? "" : password, visit));
            });
  }

  /** Gives new tokens for a refresh token, which is used up by it. */
  @PostMapping("/refresh")
  Mono<Tokens> refresh(@RequestBody RefreshRequest request, ServerWebExchange exchange) {
    String token = required(request.refreshToken());
    Visit visit = Visit.of(exchange);
    return blocking.call(() -> sessions.refresh(token, visit));
  }

  /**
   * Ends the session of a refresh token, or the one of the access token that the request carries; a
   * refresh token that is unknown is as good as ended.
   */
  @PostMapping("/logout")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> logout(
      @RequestBody(required = false) @Nullable RefreshRequest request, ServerWebExchange exchange) {
    Caller caller = AuthenticationFilter.callerOf(exchange);
    String refreshToken = request == null ? null : request.refreshToken();
    if (refreshToken == null && caller != null && caller.sessionId() != null) {
      Login login = Login.of(caller);
      Origin origin = Origin.of(caller, exchange);
      return blocking.run(
          () -> {
            boolean _ = sessions.end(origin, login.userId(), login.sessionId(), "logout");
          });
    }
    String token = required(refreshToken);
    Visit visit = Visit.of(exchange);
    return blocking.run(() -> sessions.logOut(token, visit));
  }

  /** Ends all sessions of the user, this one included. API tokens go on. */
  @PostMapping("/logout-everywhere")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> logoutEverywhere(Caller caller, ServerWebExchange exchange) {
    Login login = Login.of(caller);
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> sessions.endAll(origin, login.userId(), "logout-everywhere"));
  }

  private static String required(@Nullable String refreshToken) {
    RequestCheck check = new RequestCheck();
    String token = check.text("/refresh_token", refreshToken, LONGEST_TOKEN);
    check.done();
    return token;
  }

  private Tokens logIn(String username, String password, Visit visit) {
    Optional<User> user = users.findByLogin(username).filter(found -> isShown(found, username));
    if (user.isEmpty()) {
      passwords.compareWithNobody(password);
      throw wrong();
    }
    if (!passwords.isOf(user.get(), password)) {
      failedLogins.note(user.get(), visit);
      throw wrong();
    }
    return sessions.open(user.get(), visit);
  }

  /**
   * An address logs in whoever has verified it. Else somebody who says that it is theirs could
   * learn by their own login whether it is another one's, and keep that one from theirs.
   */
  private static boolean isShown(User user, String login) {
    return user.emailVerified() || user.username().equalsIgnoreCase(login);
  }

  private static Problem wrong() {
    return Problem.unauthenticated("the user name or the password is wrong");
  }
}
