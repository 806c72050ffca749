package io.crontopus.command.sso;

import io.crontopus.command.login.Sessions;
import io.crontopus.command.login.Sessions.Tokens;
import io.crontopus.command.login.Visit;
import io.crontopus.command.sso.Welcome.State;
import io.crontopus.command.user.InvitedPeople;
import io.crontopus.command.user.InvitedPeople.Open;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.login.events.SignedInByProvider;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Decides who somebody is whom a provider has sent: the user whose account it is; else whoever can
 * become that, by what they have to say first. Not for an event loop.
 */
final class Admission {

  private final AttemptStore attempts;
  private final IdentityStore identities;
  private final UserStore users;
  private final InvitedPeople invitations;
  private final Sessions sessions;
  private final boolean registrationOpen;
  private final Clock clock;

  Admission(
      AttemptStore attempts,
      IdentityStore identities,
      UserStore users,
      InvitedPeople invitations,
      Sessions sessions,
      boolean registrationOpen,
      Clock clock) {
    this.attempts = attempts;
    this.identities = identities;
    this.users = users;
    this.invitations = invitations;
    this.sessions = sessions;
    this.registrationOpen = registrationOpen;
    this.clock = clock;
  }

  /**
   * Who has come back to this browser with this code.
   *
   * @throws Problem 400 when nobody has, or it was too long ago
   */
  Arrival arrival(String code, String browser) {
    return attempts.find(code, browser, clock.instant()).orElseThrow(Admission::over);
  }

  /**
   * Lets somebody in, or says what they have to do first.
   *
   * @throws Problem 403 when there is nothing that they could do
   */
  Welcome welcome(Arrival arrival, Visit visit) {
    Optional<User> known = holder(arrival);
    if (known.isPresent()) {
      return Welcome.signedIn(enter(arrival, known.get(), visit), arrival);
    }
    String email = arrival.person().verifiedEmail();
    if (email == null) {
      throw Problem.of(
          HttpStatus.FORBIDDEN,
          "email-not-verified",
          "the provider knows no address of yours that is verified: verify it there, then come again");
    }
    // Whoever only says that the address is theirs keeps nobody out who has shown it.
    Optional<User> same = sameAddress(email);
    if (same.filter(User::emailVerified).isPresent()) {
      return Welcome.asking(State.CONFIRM, arrival, List.of());
    }
    List<Open> invited = invitations.invited(email);
    if (!invited.isEmpty()) {
      return Welcome.asking(State.INVITED, arrival, invited);
    }
    if (registrationOpen) {
      return Welcome.asking(State.NEW, arrival, List.of());
    }
    same.ifPresent(Admission::requireLinkable);
    throw Problem.of(
        HttpStatus.FORBIDDEN,
        "no-invitation",
        "nobody has invited " + email + " here: ask for an invitation to this address");
  }

  /**
   * The user to whom this person's account could be linked, because both sides have verified the
   * same address.
   *
   * @throws Problem 403 when there is none
   */
  User candidate(Arrival arrival) {
    String email = arrival.person().verifiedEmail();
    User user =
        Optional.ofNullable(email)
            .flatMap(this::sameAddress)
            .orElseThrow(
                () ->
                    Problem.of(
                        HttpStatus.FORBIDDEN,
                        "nobody-to-link",
                        "nobody here has the address that the provider has verified"));
    requireLinkable(user);
    return user;
  }

  /**
   * Opens a session for somebody whose account is linked.
   *
   * @throws Problem 400 when the arrival was used before, or the account is linked no more
   */
  Tokens enter(Arrival arrival, User user, Visit visit) {
    Instant now = clock.instant();
    return sessions
        .openBy(
            user,
            visit,
            session ->
                attempts.use(arrival)
                        && identities.use(user, arrival.provider(), arrival.person(), now)
                    ? Optional.of(
                        new SignedInByProvider(
                            user.tenantId(), user.id(), session, arrival.provider(), now))
                    : Optional.empty())
        .orElseThrow(Admission::over);
  }

  /** Whoever asks for something that was, or never was. */
  static Problem over() {
    return Problem.of(
        HttpStatus.BAD_REQUEST,
        "sign-in-over",
        "this sign-in is over, or began in another browser: sign in again");
  }

  private Optional<User> holder(Arrival arrival) {
    return identities
        .find(arrival.provider(), arrival.person())
        .flatMap(identity -> users.find(identity.tenantId(), identity.userId()));
  }

  private Optional<User> sameAddress(String email) {
    return users.findByLogin(email).filter(user -> email.equalsIgnoreCase(user.email()));
  }

  private static void requireLinkable(User user) {
    if (!user.emailVerified()) {
      throw Problem.of(
          HttpStatus.FORBIDDEN,
          "email-not-verified-here",
          "a user here has this address, and has not shown that it is theirs: log in as before,"
              + " verify the address, then come again");
    }
  }
}
