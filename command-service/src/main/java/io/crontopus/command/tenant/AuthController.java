package io.crontopus.command.tenant;

import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.RefreshTokenStore;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TraceFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Registration and login. */
@RestController
@RequestMapping("/api/auth")
class AuthController {

  private static final Pattern USERNAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int SHORTEST_PASSWORD = 10;
  private static final int LONGEST_PASSWORD = 200;
  private static final int MAX_EMAIL = 254;
  private static final Duration SESSION = Duration.ofDays(30);

  private final Registration registration;
  private final boolean registrationOpen;
  private final UserStore users;
  private final Passwords passwords;
  private final AccessTokens accessTokens;
  private final RefreshTokenStore refreshTokens;
  private final BlockingWork blocking;
  private final Clock clock;

  AuthController(
      Registration registration,
      boolean registrationOpen,
      UserStore users,
      Passwords passwords,
      AccessTokens accessTokens,
      RefreshTokenStore refreshTokens,
      BlockingWork blocking,
      Clock clock) {
    this.registration = registration;
    this.registrationOpen = registrationOpen;
    this.users = users;
    this.passwords = passwords;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.blocking = blocking;
    this.clock = clock;
  }

  record RegisterRequest(
      @Nullable String username, @Nullable String email, @Nullable String password) {}

  record RefreshRequest(@Nullable String refreshToken) {}

  record Me(String id, String username, String email, String tenantId, List<String> roles) {
    static Me of(User user) {
      return new Me(user.id(), user.username(), user.email(), user.tenantId(), user.roles());
    }
  }

  record Session(String accessToken, String refreshToken, String tokenType, long expiresIn) {}

  /** Makes a tenant with its first user. */
  @PostMapping("/register")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Me> register(@RequestBody RegisterRequest request, ServerWebExchange exchange) {
    if (!registrationOpen) {
      throw Problem.forbidden("registration is closed on this server");
    }
    RequestCheck check = new RequestCheck();
    String username = check.text("/username", request.username(), MAX_EMAIL);
    check.that(
        username.isEmpty() || USERNAME.matcher(username).matches(),
        "/username",
        "must be lower-case letters, digits and inner '-', at most 63 characters");
    String email = check.text("/email", request.email(), MAX_EMAIL);
    check.that(
        email.isEmpty() || EMAIL.matcher(email).matches(), "/email", "must be an e-mail address");
    String password = request.password() == null ? "" : request.password();
    check.that(
        password.length() >= SHORTEST_PASSWORD && password.length() <= LONGEST_PASSWORD,
        "/password",
        "must have " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
    check.done();
    return blocking
        .call(() -> registration.register(username, email, password, TraceFilter.traceId(exchange)))
        .map(Me::of);
  }

  /** Logs in with the OAuth2 password form. */
  @PostMapping("/login")
  Mono<Session> login(ServerWebExchange exchange) {
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              RequestCheck check = new RequestCheck();
              String username = check.text("username", form.getFirst("username"), MAX_EMAIL);
              String password = form.getFirst("password");
              check.that(password != null && !password.isEmpty(), "password", "is required");
              check.done();
              return blocking.call(() -> logIn(username, password == null ? "" : password));
            });
  }

  /** Gives a new session for a refresh token, which is used up by it. */
  @PostMapping("/refresh")
  Mono<Session> refresh(@RequestBody RefreshRequest request) {
    String token = required(request);
    return blocking.call(
        () ->
            refreshTokens
                .consume(token, clock.instant())
                .flatMap(users::find)
                .map(this::session)
                .orElseThrow(() -> Problem.unauthenticated("the refresh token is not valid")));
  }

  /** Ends the session of a refresh token; a token that is unknown is as good as ended. */
  @PostMapping("/logout")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> logout(@RequestBody RefreshRequest request) {
    String token = required(request);
    return blocking.run(() -> refreshTokens.consume(token, clock.instant()));
  }

  /** The user behind the credential. */
  @GetMapping("/me")
  Mono<Me> me(Caller caller) {
    String userId = caller.userId();
    if (userId == null) {
      throw Problem.forbidden("this credential belongs to no user");
    }
    return blocking.call(
        () -> users.find(userId).map(Me::of).orElseThrow(() -> Problem.notFound("user")));
  }

  private static String required(RefreshRequest request) {
    RequestCheck check = new RequestCheck();
    String token = check.text("/refresh_token", request.refreshToken(), LONGEST_PASSWORD);
    check.done();
    return token;
  }

  private Session logIn(String username, String password) {
    Optional<User> user = users.findByLogin(username);
    if (user.isEmpty()) {
      passwords.compareWithNobody(password);
    }
    return user.filter(found -> passwords.matches(password, found.passwordHash()))
        .map(this::session)
        .orElseThrow(() -> Problem.unauthenticated("the user name or the password is wrong"));
  }

  private Session session(User user) {
    Instant now = clock.instant();
    String refreshToken = SecretToken.issue(SecretToken.Kind.REFRESH);
    refreshTokens.add(refreshToken, user.id(), now, now.plus(SESSION));
    return new Session(
        accessTokens.issue(user), refreshToken, "Bearer", AccessTokens.VALIDITY.toSeconds());
  }
}
