package io.crontopus.command.account;

import io.crontopus.command.account.EmailTokenStore.Purpose;
import io.crontopus.command.account.EmailTokenStore.Sent;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.login.Visit;
import io.crontopus.command.mail.Outbox;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.command.user.UserRules;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.login.events.PasswordReset;
import io.crontopus.login.events.PasswordResetRequested;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.user.events.EmailVerified;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/** Another password for who forgot theirs, by a link to their address. Not for an event loop. */
final class PasswordResets {

  static final Duration VALIDITY = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(PasswordResets.class);
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int MOST_IN_WINDOW = 3;
  private static final String NONE = "is no code for a new password, or one that is over";

  private final EmailTokenStore tokens;
  private final UserStore users;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final Outbox outbox;
  private final Letters letters;
  private final Facts facts;
  private final Clock clock;

  PasswordResets(
      EmailTokenStore tokens,
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      Outbox outbox,
      Letters letters,
      Facts facts,
      Clock clock) {
    this.tokens = tokens;
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.outbox = outbox;
    this.letters = letters;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Sends a link to the person with this address, if there is one and e-mail is on; at most {@value
   * #MOST_IN_WINDOW} an hour, because letters that nobody wants are a nuisance, too.
   */
  void request(String email, Visit visit) {
    if (!outbox.isOn()) {
      log.info("a password reset was asked for, and no e-mail is sent: see crontopus.mail");
      return;
    }
    tokens.sweep(clock.instant());
    users
        .findByLogin(email)
        .filter(user -> email.equalsIgnoreCase(user.email()))
        .ifPresent(user -> send(user, visit));
  }

  private void send(User user, Visit visit) {
    Instant now = clock.instant();
    boolean _ =
        facts.recordOutcome(
            visit.by(user.tenantId(), Origin.ANONYMOUS),
            () -> {
              tokens.lock(user.tenantId(), user.id());
              if (tokens.count(user, Purpose.RESET_PASSWORD, now.minus(WINDOW)) >= MOST_IN_WINDOW) {
                return Outcome.of(false);
              }
              String email = Objects.requireNonNull(user.email());
              String token = SecretToken.issue(SecretToken.Kind.PASSWORD_RESET);
              tokens.add(user, email, Purpose.RESET_PASSWORD, token, now, VALIDITY);
              boolean queued =
                  outbox.queue(
                      user.tenantId(),
                      email,
                      letters.resetPassword(user.username(), token, VALIDITY),
                      now.plus(VALIDITY));
              return queued
                  ? Outcome.of(true, new PasswordResetRequested(user.tenantId(), user.id(), now))
                  : Outcome.of(false);
            });
  }

  /**
   * Gives the user of a link another password, and ends all their sessions. Who has the link reads
   * the address, so that is verified as well.
   *
   * @throws Problem 400 with all that is wrong with the token and the password
   */
  void confirm(@Nullable String token, @Nullable String chosen, Visit visit) {
    Optional<User> user =
        token == null
            ? Optional.empty()
            : found(token).flatMap(sent -> users.find(sent.tenantId(), sent.userId()));
    RequestCheck check = new RequestCheck();
    check.that(user.isPresent(), "/token", NONE);
    String password =
        UserRules.password(
            check,
            "/password",
            chosen,
            user.map(User::username).orElse(""),
            user.map(User::email).orElse(null));
    check.done();
    String hash = passwords.hash(password);
    User of = user.orElseThrow();
    String used = Objects.requireNonNull(token);
    boolean _ =
        facts.recordOutcome(
            visit.by(of.tenantId(), of.actor()), () -> reset(of, hash, used, clock.instant()));
  }

  private Outcome<Boolean> reset(User user, String hash, String token, Instant now) {
    if (!tokens.use(token, now) || !users.setPassword(user, hash)) {
      throw Problem.invalid("/token", NONE);
    }
    List<Object> events = new ArrayList<>();
    events.add(new PasswordReset(user.tenantId(), user.id(), now));
    if (!user.emailVerified()) {
      verify(user, now);
      events.add(new EmailVerified(user.tenantId(), user.id(), now));
    }
    List<String> ended = sessions.endAll(user.id());
    if (!ended.isEmpty()) {
      events.add(new SessionsEnded(user.tenantId(), user.id(), ended, "password-reset", now));
    }
    return new Outcome<>(true, events);
  }

  /** Somebody else may have verified the address since the letter was sent: then it is theirs. */
  private void verify(User user, Instant now) {
    try {
      users.verifyEmail(user.id(), Objects.requireNonNull(user.email()), now);
    } catch (DuplicateKeyException e) {
      throw Problem.invalid("/token", NONE);
    }
  }

  private Optional<Sent> found(String token) {
    return SecretToken.kindOf(token)
        .filter(kind -> kind == SecretToken.Kind.PASSWORD_RESET)
        .flatMap(_ -> tokens.findReset(token, clock.instant()));
  }
}
