package io.crontopus.command.user;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.login.Visit;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.tenant.events.UserRegistered;
import io.crontopus.user.events.InvitationAccepted;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How people join a tenant: by the token of an invitation, with a name and a password that they
 * choose, or because somebody else has verified that they are whom it is meant for. Not for an
 * event loop.
 */
final class Joining {

  private static final String OVER = "is no invitation, or one that is over";

  private final InvitationStore store;
  private final UserStore users;
  private final Passwords passwords;
  private final Newcomers newcomers;
  private final Facts facts;
  private final SuspendedTenants suspended;
  private final Clock clock;

  Joining(
      InvitationStore store,
      UserStore users,
      Passwords passwords,
      Newcomers newcomers,
      Facts facts,
      SuspendedTenants suspended,
      Clock clock) {
    this.store = store;
    this.users = users;
    this.passwords = passwords;
    this.newcomers = newcomers;
    this.facts = facts;
    this.suspended = suspended;
    this.clock = clock;
  }

  /**
   * Makes a user of an invitation. It counts only as long as whoever made it could still make it,
   * and for some names that are taken: who has invited themselves could ask for any number.
   *
   * @return what hashes the password and makes the user: apart, because that has little room, which
   *     is for those alone who can join
   * @throws Problem 400 with all that is wrong with the token, the name and the password; 409 when
   *     the name is taken, or the address in the tenant; 403 while the tenant is suspended
   */
  Callable<User> accept(
      @Nullable String token, @Nullable String name, @Nullable String password, Visit visit) {
    Instant now = clock.instant();
    Optional<Invitation> invited = token == null ? Optional.empty() : open(token, now);
    RequestCheck check = new RequestCheck();
    check.that(invited.isPresent(), "/token", OVER);
    String username =
        UserRules.username(
            check,
            "/username",
            name == null ? invited.map(Invitation::username).orElse(null) : name);
    String chosen =
        UserRules.password(
            check, "/password", password, username, invited.map(Invitation::email).orElse(null));
    check.done();
    Invitation invitation = invited.orElseThrow();
    requireNotSuspended(invitation);
    requireFree(username, invitation);
    return () ->
        join(
            person(invitation, username, passwords.hash(chosen), false, now),
            invitation,
            visit,
            _ -> List.of());
  }

  private void requireFree(String username, Invitation invitation) {
    if (users.findByLogin(username).isPresent()
        || users.hasAddress(invitation.tenantId(), invitation.email())) {
      throw store.takeTry(invitation) ? taken() : over();
    }
  }

  /** Invitations to this address that count now, of tenants in which nobody has it. */
  List<Invitation> to(String verifiedEmail) {
    return store.findByAddress(verifiedEmail, clock.instant()).stream()
        .filter(this::mayStillInvite)
        .filter(open -> !users.hasAddress(open.tenantId(), verifiedEmail))
        .toList();
  }

  /**
   * Makes a user of an invitation for somebody who has shown in another way than by its token that
   * it is meant for them, and whom something else than a password lets in.
   *
   * @param entry notes that, in the same transaction, and says what happened by it
   * @throws Problem 404 when it counts no more, 409 when the name or the address is taken; 403
   *     while the tenant is suspended
   */
  User acceptFor(
      String verifiedEmail,
      String invitationId,
      String username,
      Visit visit,
      Function<User, List<Object>> entry) {
    Instant now = clock.instant();
    Invitation invitation =
        to(verifiedEmail).stream()
            .filter(open -> open.id().equals(invitationId))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("invitation"));
    requireNotSuspended(invitation);
    User user = person(invitation, username, Passwords.none(), true, now);
    return join(user, invitation, visit, entry);
  }

  private static User person(
      Invitation invitation,
      String username,
      String passwordHash,
      boolean emailVerified,
      Instant now) {
    return new User(
        UuidCreator.getTimeOrderedEpoch().toString(),
        invitation.tenantId(),
        User.Kind.PERSON,
        username,
        invitation.email(),
        passwordHash,
        invitation.role(),
        now,
        emailVerified);
  }

  private User join(
      User user, Invitation invitation, Visit visit, Function<User, List<Object>> entry) {
    Instant now = user.createdAt();
    return facts.recordOutcome(
        visit.by(user.tenantId(), user.actor()),
        () -> {
          add(user, invitation, now);
          List<Object> events = new ArrayList<>();
          events.add(new InvitationAccepted(user.tenantId(), invitation.id(), user.id(), now));
          events.add(
              new UserRegistered(user.tenantId(), user.id(), List.of(user.role().wireName()), now));
          events.addAll(entry.apply(user));
          return new Outcome<>(user, events);
        });
  }

  private void add(User user, Invitation invitation, Instant now) {
    users.lockUsersOf(user.tenantId());
    if (!mayStillInvite(invitation) || !store.accept(invitation.id(), now)) {
      throw over();
    }
    if (!users.addUser(user)) {
      throw taken();
    }
    newcomers.joined(user);
  }

  private Optional<Invitation> open(String token, Instant now) {
    return SecretToken.kindOf(token)
        .filter(kind -> kind == SecretToken.Kind.INVITATION)
        .flatMap(_ -> store.find(token, now))
        .filter(this::mayStillInvite);
  }

  private boolean mayStillInvite(Invitation invitation) {
    String inviter = invitation.invitedBy();
    if (inviter == null) {
      return true;
    }
    return users
        .find(invitation.tenantId(), inviter)
        .filter(user -> user.role().mayGive(invitation.role()))
        .isPresent();
  }

  private void requireNotSuspended(Invitation invitation) {
    if (suspended.contains(invitation.tenantId())) {
      throw Problem.suspended();
    }
  }

  private static Problem taken() {
    return Problem.of(
        HttpStatus.CONFLICT, "name-taken", "the user name or the e-mail address is taken");
  }

  private static Problem over() {
    return Problem.invalid("/token", OVER);
  }
}
