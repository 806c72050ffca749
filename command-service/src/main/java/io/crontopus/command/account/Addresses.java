package io.crontopus.command.account;

import io.crontopus.command.account.EmailTokenStore.Purpose;
import io.crontopus.command.account.EmailTokenStore.Sent;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.login.Visit;
import io.crontopus.command.mail.NoMail;
import io.crontopus.command.mail.Outbox;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.command.user.Newcomers;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.user.events.EmailChanged;
import io.crontopus.user.events.EmailVerified;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;

/**
 * Users' e-mail addresses: verifying them and changing them. An address that is changed is another
 * one's until its reader has confirmed it. Not for an event loop.
 */
final class Addresses implements Newcomers {

  private static final Duration VALIDITY = Duration.ofDays(3);
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int MOST_IN_WINDOW = 3;
  private static final String NONE = "is no code that confirms an address, or one that is over";

  private final EmailTokenStore tokens;
  private final UserStore users;
  private final Outbox outbox;
  private final Letters letters;
  private final Facts facts;
  private final Clock clock;

  Addresses(
      EmailTokenStore tokens,
      UserStore users,
      Outbox outbox,
      Letters letters,
      Facts facts,
      Clock clock) {
    this.tokens = tokens;
    this.users = users;
    this.outbox = outbox;
    this.letters = letters;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void joined(User user) {
    if (outbox.isOn() && user.email() != null && !user.emailVerified()) {
      ask(user, user.email());
    }
  }

  /**
   * Sends the letter once more that asks whether the user reads their address.
   *
   * @throws Problem 409 when they have confirmed it or no e-mail is sent, 429 when they had some
   *     letters of late
   */
  void resend(User user, Origin origin) {
    requireMail();
    String email = user.email();
    if (email == null || user.emailVerified()) {
      throw Problem.of(HttpStatus.CONFLICT, "already-verified", "the address is verified already");
    }
    boolean _ = facts.record(origin, () -> askAgain(user, email));
  }

  /**
   * Changes a user's address once its reader has confirmed it; at once where no e-mail is sent.
   * Whether somebody else has it is told only to its reader.
   *
   * @return whether it is changed now
   * @throws Problem 409 when somebody of the tenant has it and no e-mail is sent, 429 when they had
   *     some letters of late
   */
  boolean change(User user, String email, Origin origin) {
    if (outbox.isOn()) {
      return !facts.record(origin, () -> askAgain(user, email));
    }
    Instant now = clock.instant();
    return facts.record(
        origin,
        () -> {
          claim(() -> users.setEmail(user.id(), email));
          return true;
        },
        new EmailChanged(user.tenantId(), user.id(), now));
  }

  /**
   * Takes the address that a token was sent to as the user's, and as one that they read.
   *
   * @throws Problem 400 when the token does not count, 409 when somebody else has the address
   */
  void verify(String token, Visit visit) {
    tokens.sweep(clock.instant());
    Sent sent =
        SecretToken.kindOf(token)
            .filter(kind -> kind == SecretToken.Kind.EMAIL_VERIFICATION)
            .flatMap(_ -> tokens.findVerification(token, clock.instant()))
            .orElseThrow(Addresses::none);
    boolean _ =
        facts.recordOutcome(
            visit.by(sent.tenantId(), "user:" + sent.userId()), () -> verify(sent, token));
  }

  private Outcome<Boolean> verify(Sent sent, String token) {
    Instant now = clock.instant();
    tokens.lock(sent.tenantId(), sent.userId());
    User user = users.find(sent.tenantId(), sent.userId()).orElseThrow(Addresses::none);
    if (!tokens.stillVerifies(token, now) || !tokens.use(token, now)) {
      throw none();
    }
    String email = sent.email();
    claim(() -> users.verifyEmail(user.id(), email, now));
    List<Object> events = new ArrayList<>();
    @Nullable String before = user.email();
    if (!email.equalsIgnoreCase(before)) {
      events.add(new EmailChanged(user.tenantId(), user.id(), now));
      if (before != null && user.emailVerified()) {
        boolean _ = outbox.queue(user.tenantId(), before, letters.addressChanged(user.username()));
      }
    } else if (!user.emailVerified()) {
      boolean _ =
          outbox.queue(user.tenantId(), email, letters.welcome(user.username(), user.tenantId()));
    }
    events.add(new EmailVerified(user.tenantId(), user.id(), now));
    return new Outcome<>(true, events);
  }

  private boolean askAgain(User user, String email) {
    tokens.lock(user.tenantId(), user.id());
    if (tokens.count(user, Purpose.VERIFY_EMAIL, clock.instant().minus(WINDOW)) >= MOST_IN_WINDOW) {
      throw Problem.tooMany(
          "you had " + MOST_IN_WINDOW + " letters within the last hour: look for them, or wait",
          WINDOW.toSeconds());
    }
    return ask(user, email);
  }

  private boolean ask(User user, String email) {
    Instant now = clock.instant();
    String token = SecretToken.issue(SecretToken.Kind.EMAIL_VERIFICATION);
    tokens.add(user, email, Purpose.VERIFY_EMAIL, token, now, VALIDITY);
    Instant until = now.plus(VALIDITY);
    boolean _ =
        outbox.queue(
            user.tenantId(), email, letters.verifyEmail(user.username(), token, until), until);
    return true;
  }

  private void requireMail() {
    if (!outbox.isOn()) {
      throw NoMail.problem();
    }
  }

  private static void claim(Runnable change) {
    try {
      change.run();
    } catch (DuplicateKeyException e) {
      throw Problem.of(HttpStatus.CONFLICT, "address-taken", "somebody else has this address");
    }
  }

  private static Problem none() {
    return Problem.invalid("/token", NONE);
  }
}
