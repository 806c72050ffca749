package io.crontopus.command.login;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.bus.Origin;
import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.Session;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.login.events.RefreshTokenReused;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.login.events.UserLoggedIn;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final Clock clock;

  public Sessions(
      SessionStore store,
      UserStore users,
      AccessTokens accessTokens,
      KeyRotation keys,
      Facts facts,
      Clock clock) {
    this.store = store;
    this.users = users;
    this.accessTokens = accessTokens;
    this.keys = keys;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Opens a session for a user who has shown the password.
   *
   * @throws Problem 401 when it has been changed since
   */
  public Tokens open(User user, Visit visit) {
    keys.keepFresh();
    Instant now = clock.instant();
    Session session = begun(user, visit, now);
    String refreshToken = SecretToken.issue(SecretToken.Kind.REFRESH);
    return facts.record(
        visit.by(user.tenantId(), user.actor()),
        () -> {
          if (!users.holdPassword(user)) {
            throw Problem.unauthenticated("the user name or the password is wrong");
          }
          store.open(session, refreshToken);
          return tokens(user, session, refreshToken);
        },
        new UserLoggedIn(user.tenantId(), user.id(), session.id(), now));
  }

  /**
   * Opens a session for a user whom something else than a password lets in.
   *
   * @param entry takes that, in the transaction that opens the session of this id, and says what
   *     happened by it; empty when it is gone
   * @return empty when it is gone
   */
  public Optional<Tokens> openBy(User user, Visit visit, Function<String, Optional<Object>> entry) {
    keys.keepFresh();
    Instant now = clock.instant();
    Session session = begun(user, visit, now);
    String refreshToken = SecretToken.issue(SecretToken.Kind.REFRESH);
    boolean opened =
        facts.recordOutcome(
            visit.by(user.tenantId(), user.actor()),
            () -> {
              Optional<Object> entered = entry.apply(session.id());
              if (entered.isEmpty()) {
                return Outcome.of(false);
              }
              store.open(session, refreshToken);
              return Outcome.of(
                  true,
                  new UserLoggedIn(user.tenantId(), user.id(), session.id(), now),
                  entered.get());
            });
    return opened ? Optional.of(tokens(user, session, refreshToken)) : Optional.empty();
  }

  /**
   * Gives new tokens for a refresh token, which is used up by it. One that was used up before ends
   * its session: it, or the one that came after it, is in the wrong hands.
   *
   * @throws Problem 401 when the token is not valid
   */
  public Tokens refresh(String refreshToken, Visit visit) {
    keys.keepFresh();
    Session session = store.findByToken(refreshToken).orElseThrow(Sessions::notValid);
    User user = users.find(session.userId()).orElseThrow(Sessions::notValid);
    Optional<Tokens> tokens =
        facts.recordOutcome(
            visit.by(user.tenantId(), Origin.ANONYMOUS),
            () -> renew(session, user, refreshToken, visit));
    return tokens.orElseThrow(Sessions::notValid);
  }

  /** Behind the session's lock, two who come with one token come one after the other. */
  private Outcome<Optional<Tokens>> renew(
      Session session, User user, String refreshToken, Visit visit) {
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
    String next = SecretToken.issue(SecretToken.Kind.REFRESH);
    store.renew(renewed, next);
    return Outcome.of(Optional.of(tokens(user, renewed, next)));
  }

  /** The user's sessions, the one used last first. */
  public List<Session> list(String userId) {
    return store.list(userId, clock.instant());
  }

  /** Ends the session of a refresh token; a token that is unknown is as good as ended. */
  public void logOut(String refreshToken, Visit visit) {
    store
        .findByToken(refreshToken)
        .ifPresent(
            session ->
                users
                    .find(session.userId())
                    .ifPresent(
                        user ->
                            end(
                                visit.by(user.tenantId(), user.actor()),
                                user.id(),
                                session.id(),
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

  private static Problem notValid() {
    return Problem.unauthenticated("the refresh token is not valid");
  }
}
