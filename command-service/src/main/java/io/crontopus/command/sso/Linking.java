package io.crontopus.command.sso;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.User;
import io.crontopus.login.events.ProviderLinked;
import io.crontopus.login.events.ProviderUnlinked;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Links accounts at providers to users, and takes them away again. Not for an event loop. */
final class Linking {

  private final AttemptStore attempts;
  private final IdentityStore identities;
  private final SessionStore sessions;
  private final Facts facts;
  private final Clock clock;

  Linking(
      AttemptStore attempts,
      IdentityStore identities,
      SessionStore sessions,
      Facts facts,
      Clock clock) {
    this.attempts = attempts;
    this.identities = identities;
    this.sessions = sessions;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Links the account of somebody who has come back to a user, who has agreed.
   *
   * @param consent how the user agreed
   * @param lastStep whether the arrival is used up by it; else it still has to open a session
   * @throws Problem 409 when the account is linked already, or the user has another one there
   */
  void link(Arrival arrival, User user, String consent, boolean lastStep, Origin origin) {
    facts.recordOutcome(
        origin,
        () -> {
          if (lastStep && !attempts.use(arrival)) {
            throw Admission.over();
          }
          return new Outcome<>(true, linked(arrival, user, consent));
        });
  }

  /**
   * Links the account of somebody who has come back to a user who was just made. To be called in
   * the transaction that makes the user.
   */
  List<Object> linkNew(Arrival arrival, User user, String consent) {
    return linked(arrival, user, consent);
  }

  private List<Object> linked(Arrival arrival, User user, String consent) {
    Instant now = clock.instant();
    if (!identities.add(user, arrival.provider(), arrival.person(), now)) {
      throw Problem.of(
          HttpStatus.CONFLICT,
          "already-linked",
          "this account is linked already, or you have another one at this provider");
    }
    return List.of(
        new ProviderLinked(user.tenantId(), user.id(), arrival.provider(), consent, now));
  }

  /**
   * Takes a user's account at a provider away, and ends the sessions of the user but the one from
   * which this is asked for: some may have been opened with it.
   *
   * @throws Problem 404 when there is no such account; 409 when it is the caller's own last way in
   */
  void unlink(Caller caller, User user, String provider, Origin origin) {
    facts.recordOutcome(
        origin,
        () -> {
          Instant now = clock.instant();
          boolean own = user.id().equals(caller.userId());
          if (own && isLastWayIn(user, provider)) {
            throw Problem.of(
                HttpStatus.CONFLICT,
                "last-way-in",
                "you have no password and no other provider: you could not log in any more");
          }
          if (!identities.remove(user, provider)) {
            throw Problem.notFound("linked account");
          }
          List<Object> events = new ArrayList<>();
          events.add(
              new ProviderUnlinked(user.tenantId(), user.id(), provider, origin.actor(), now));
          String kept = own && caller.sessionId() != null ? caller.sessionId() : "";
          List<String> ended = sessions.endAllBut(user.id(), kept);
          if (!ended.isEmpty()) {
            events.add(
                new SessionsEnded(user.tenantId(), user.id(), ended, "provider-unlinked", now));
          }
          return new Outcome<>(true, events);
        });
  }

  private boolean isLastWayIn(User user, String provider) {
    return !Passwords.has(user)
        && identities.list(user.tenantId(), user.id()).stream()
            .allMatch(identity -> identity.provider().equals(provider));
  }
}
