package io.crontopus.command.login;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.Session;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.login.events.RefreshTokenReused;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.login.events.UserLoggedIn;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Opens, renews and ends sessions. Not for an event loop. */
public final class Sessions {

  /** How long a session goes on that nobody refreshes. */
  private static final Duration IDLE = Duration.ofDays(30);

  /** How long one goes on at most; then the password is asked for again. */
  private static final Duration LONGEST = Duration.ofDays(90);

  /** What a client gets that has logged in. */
  public record Tokens(String accessToken, String refreshToken, String tokenType, long expiresIn) {}

  private final SessionStore store;
  private final UserStore users;
  private final AccessTokens accessTokens;
  private final KeyRotation keys;
  private final Facts facts;
  private final SuspendedTenants suspended;
  private final Clock clock;

  public Sessions(
      SessionStore store,
      UserStore users,
      AccessTokens accessTokens,
      KeyRotation keys,
      Facts facts,
      SuspendedTenants suspended,
      Clock clock) {
    this.store = store;
    this.users = users;
    this.accessTokens = accessTokens;
    this.keys = keys;
    this.facts = facts;
    this.suspended = suspended;
    this.clock = clock;
  }

  /**
   * Opens a session for a user who has shown the password.
   *
   * @throws Problem 401 when it has been changed since, 403 while the tenant is suspended
   */
  public Tokens open(User user, Visit visit) {
    return open(user, visit, () -> true)
        .orElseThrow(() -> Problem.unauthenticated("the user name or the password is wrong"));
  }

  /**
   * Opens a session for a user who is let in by something that counts once.
   *
   * @param claim takes that, in the transaction that opens the session; false when it is gone
   * @return empty when it is gone, or the user's password has been changed since
   */
  public Optional<Tokens> open(User user, Visit visit, BooleanSupplier claim) {
    return opened(
        user,
        visit,
        _ ->
            users.holdPassword(user) && claim.getAsBoolean()
                ? Optional.of(List.of())
                : Optional.empty());
  }

  /**
   * Opens a session for a user whom something else than a password lets in.
   *
   * @param entry takes that, in the transaction that opens the session of this id, and says what
   *     happened by it; empty when it is gone
   * @return empty when it is gone
   * @throws Problem 403 while the tenant is suspended
   */
  public Optional<Tokens> openBy(User user, Visit visit, Function<String, Optional<Object>> entry) {
    return opened(user, visit, session -> entry.apply(session).map(List::of));
  }

  /** Opens a session unless {@code entry} is empty; else it says what else happened. */
  private Optional<Tokens> opened(
      User user, Visit visit, Function<String, Optional<List<Object>>> entry) {
    requireNotSuspended(user);
    keys.keepFresh();
    Instant now = clock.instant();
    Session session = begun(user, visit, now);
    String refreshToken = SecretToken.issue(SecretToken.Kind.REFRESH);
    boolean in =
        facts.recordOutcome(
            visit.by(user.tenantId(), user.actor()),
            () -> {
              Optional<List<Object>> entered = entry.apply(session.id());
              if (entered.isEmpty()) {
                return Outcome.of(false);
              }
              store.open(session, refreshToken);
              List<Object> events = new ArrayList<>();
              events.add(new UserLoggedIn(user.tenantId(), user.id(), session.id(), now));
              events.addAll(entered.get());
              return new Outcome<>(true, events);
            });
    // What signs is no tenant's, so that it is not asked for in a tenant's transaction.
    return in ? Optional.of(tokens(user, session, refreshToken)) : Optional.empty();
  }

  /**
   * Gives new tokens for a refresh token, which is used up by it. One that was used up before ends
   * its session: it, or the one that came after it, is in the wrong hands.
   *
   * @throws Problem 401 when the token is not valid; 403 while the tenant is suspended, which uses
   *     nothing up
   */
  public Tokens refresh(String refreshToken, Visit visit) {
    keys.keepFresh();
    SessionStore.Found found = store.findByToken(refreshToken).orElseThrow(Sessions::notValid);
    Session session = found.session();
    User user = users.find(found.tenantId(), session.userId()).orElseThrow(Sessions::notValid);
    requireNotSuspended(user);
    String next = SecretToken.issue(SecretToken.Kind.REFRESH);
    Optional<Session> renewed =
        facts.recordOutcome(
            visit.by(user.tenantId(), Origin.ANONYMOUS),
            () -> renew(session, user, refreshToken, next, visit));
    return tokens(user, renewed.orElseThrow(Sessions::notValid), next);
  }

  /** Behind the session's lock, two who come with one token come one after the other. */
  private Outcome<Optional<Session>> renew(
      Session session, User user, String refreshToken, String next, Visit visit) {
    Instant now = clock.instant();
    if (!store.lock(session.id())) {
      return Outcome.of(Optional.empty());
    }
    if (!store.use(refreshToken, now)) {
      store.end(user.id(), session.id());
      return Outcome.of(
          Optional.empty(), new RefreshTokenReused(user.tenantId(), user.id(), session.id(), now));
    }
    if (!session.expiresAt().isAfter(now)) {
      return Outcome.of(Optional.empty());
    }
    Instant idle = now.plus(IDLE);
    Instant last = session.createdAt().plus(LONGEST);
    Session renewed =
        new Session(
            session.id(),
            session.userId(),
            session.createdAt(),
            now,
            idle.isBefore(last) ? idle : last,
            visit.address(),
            visit.userAgent());
    store.renew(renewed, next);
    return Outcome.of(Optional.of(renewed));
  }

  /** The user's sessions, the one used last first. */
  public List<Session> list(String tenantId, String userId) {
    return store.list(tenantId, userId, clock.instant());
  }

  /** Ends the session of a refresh token; a token that is unknown is as good as ended. */
  public void logOut(String refreshToken, Visit visit) {
    store
        .findByToken(refreshToken)
        .ifPresent(
            found ->
                users
                    .find(found.tenantId(), found.session().userId())
                    .ifPresent(
                        user ->
                            end(
                                visit.by(user.tenantId(), user.actor()),
                                user.id(),
                                found.session().id(),
                                "logout")));
  }

  /** Ends a session of the user; false when they have no such one. */
  public boolean end(Origin origin, String userId, String sessionId, String reason) {
    return facts.recordOutcome(
        origin,
        () ->
            store.end(userId, sessionId)
                ? Outcome.of(true, ended(origin, userId, List.of(sessionId), reason))
                : Outcome.of(false));
  }

  /** Ends all sessions of the user. */
  public void endAll(Origin origin, String userId, String reason) {
    facts.recordOutcome(
        origin,
        () -> {
          List<String> ended = store.endAll(userId);
          return ended.isEmpty()
              ? Outcome.of(false)
              : Outcome.of(true, ended(origin, userId, ended, reason));
        });
  }

  private SessionsEnded ended(Origin origin, String userId, List<String> ids, String reason) {
    return new SessionsEnded(origin.tenantId(), userId, ids, reason, clock.instant());
  }

  private static Session begun(User user, Visit visit, Instant now) {
    return new Session(
        UuidCreator.getTimeOrderedEpoch().toString(),
        user.id(),
        now,
        now,
        now.plus(IDLE),
        visit.address(),
        visit.userAgent());
  }

  private Tokens tokens(User user, Session session, String refreshToken) {
    return new Tokens(
        accessTokens.issue(user, session.id()),
        refreshToken,
        "Bearer",
        AccessTokens.VALIDITY.toSeconds());
  }

  private void requireNotSuspended(User user) {
    if (suspended.contains(user.tenantId())) {
      throw Problem.suspended();
    }
  }

  private static Problem notValid() {
    return Problem.unauthenticated("the refresh token is not valid");
  }
}
