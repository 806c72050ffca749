package io.crontopus.command.sso;

import io.crontopus.command.login.FailedLogins;
import io.crontopus.command.login.HashingWork;
import io.crontopus.command.login.Visit;
import io.crontopus.command.sso.Welcome.State;
import io.crontopus.command.tenant.Registration;
import io.crontopus.command.user.InvitedPeople;
import io.crontopus.command.user.UserRules;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.User;
import io.crontopus.web.AuthenticationFilter;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What the console does with the code that it finds in its address after a sign-in: a code counts
 * in the browser that began, and once.
 */
@RestController
@RequestMapping("/api/auth/sso")
class SsoExchangeController {

  private static final int LONGEST_CODE = 100;
  private static final int LONGEST_ID = 100;

  private final Admission admission;
  private final Linking linking;
  private final InvitedPeople invitations;
  private final Registration registration;
  private final boolean registrationOpen;
  private final AttemptStore attempts;
  private final Passwords passwords;
  private final FailedLogins failedLogins;
  private final BrowserCookie cookie;
  private final HashingWork hashing;
  private final BlockingWork blocking;

  SsoExchangeController(
      Admission admission,
      Linking linking,
      InvitedPeople invitations,
      Registration registration,
      boolean registrationOpen,
      AttemptStore attempts,
      Passwords passwords,
      FailedLogins failedLogins,
      BrowserCookie cookie,
      HashingWork hashing,
      BlockingWork blocking) {
    this.admission = admission;
    this.linking = linking;
    this.invitations = invitations;
    this.registration = registration;
    this.registrationOpen = registrationOpen;
    this.attempts = attempts;
    this.passwords = passwords;
    this.failedLogins = failedLogins;
    this.cookie = cookie;
    this.hashing = hashing;
    this.blocking = blocking;
  }

  record ExchangeRequest(@Nullable String code) {}

  record LinkRequest(@Nullable String code, @Nullable String password) {}

  record JoinRequest(
      @Nullable String code, @Nullable String invitationId, @Nullable String username) {}

  record NewTenantRequest(@Nullable String code, @Nullable String username) {}

  /** Opens a session with a code, or says what has to be done first. */
  @PostMapping("/exchange")
  Mono<Welcome> exchange(@RequestBody ExchangeRequest request, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    String code = code(check, request.code());
    check.done();
    String browser = browser(exchange);
    Visit visit = Visit.of(exchange);
    return blocking.call(() -> admission.welcome(admission.arrival(code, browser), visit));
  }

  /**
   * Links the account to the user who has its address, who agrees by their password, or by the
   * session that the request carries.
   */
  @PostMapping("/link")
  Mono<Welcome> link(@RequestBody LinkRequest request, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    String code = code(check, request.code());
    Caller caller = AuthenticationFilter.callerOf(exchange);
    boolean bySession = caller != null && caller.sessionId() != null;
    String password = request.password() == null ? "" : request.password();
    check.that(bySession || !password.isEmpty(), "/password", "is required");
    check.done();
    String browser = browser(exchange);
    Visit visit = Visit.of(exchange);
    return bySession && caller != null
        ? blocking.call(() -> linkBySession(admission.arrival(code, browser), caller, visit))
        : hashing.call(() -> linkByPassword(admission.arrival(code, browser), password, visit));
  }

  /** Makes a user of an invitation to the address that the provider vouches for. */
  @PostMapping("/join")
  Mono<Welcome> join(@RequestBody JoinRequest request, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    String code = code(check, request.code());
    String invitation = check.text("/invitation_id", request.invitationId(), LONGEST_ID);
    String username = UserRules.username(check, "/username", request.username());
    check.done();
    String browser = browser(exchange);
    Visit visit = Visit.of(exchange);
    return blocking.call(
        () -> {
          Arrival arrival = admission.arrival(code, browser);
          User user =
              invitations.join(
                  verified(arrival),
                  invitation,
                  username,
                  visit,
                  made -> linking.linkNew(arrival, made, "invitation"));
          return Welcome.signedIn(admission.enter(arrival, user, visit), arrival);
        });
  }

  /** Makes a tenant with its first user, where registration is open. */
  @PostMapping("/register")
  Mono<Welcome> register(@RequestBody NewTenantRequest request, ServerWebExchange exchange) {
    if (!registrationOpen) {
      throw Problem.forbidden("registration is closed on this server");
    }
    RequestCheck check = new RequestCheck();
    String code = code(check, request.code());
    String username = UserRules.username(check, "/username", request.username());
    check.done();
    String browser = browser(exchange);
    Visit visit = Visit.of(exchange);
    return blocking.call(
        () -> {
          Arrival arrival = admission.arrival(code, browser);
          User user =
              registration.registerWithoutPassword(
                  username,
                  verified(arrival),
                  visit,
                  made -> linking.linkNew(arrival, made, "registration"));
          return Welcome.signedIn(admission.enter(arrival, user, visit), arrival);
        });
  }

  private Welcome linkBySession(Arrival arrival, Caller caller, Visit visit) {
    User user = admission.candidate(arrival);
    if (!user.id().equals(caller.userId())) {
      throw Problem.forbidden("you are logged in as somebody else than who has this address");
    }
    linking.link(arrival, user, "session", true, visit.by(user.tenantId(), caller.actor()));
    return Welcome.asking(State.LINKED, arrival, List.of());
  }

  /** A code is good for a few tries: it must be no way round the limits on failed logins. */
  private Welcome linkByPassword(Arrival arrival, String password, Visit visit) {
    User user = admission.candidate(arrival);
    if (!attempts.tryOnce(arrival)) {
      throw Admission.over();
    }
    if (!passwords.isOf(user, password)) {
      failedLogins.note(user, visit);
      throw Problem.unauthenticated("the password is wrong");
    }
    Origin origin = visit.by(user.tenantId(), user.actor());
    linking.link(arrival, user, "password", false, origin);
    return Welcome.signedIn(admission.enter(arrival, user, visit), arrival);
  }

  private static String verified(Arrival arrival) {
    String email = arrival.person().verifiedEmail();
    if (email == null) {
      throw Problem.of(
          HttpStatus.FORBIDDEN,
          "email-not-verified",
          "the provider knows no address of yours that is verified");
    }
    return email;
  }

  private static String code(RequestCheck check, @Nullable String code) {
    return check.text("/code", code, LONGEST_CODE);
  }

  private String browser(ServerWebExchange exchange) {
    return cookie.of(exchange).orElse("");
  }
}
