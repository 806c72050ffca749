package io.crontopus.command.user;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Role;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.tenant.events.ApiTokenRevoked;
import io.crontopus.user.events.InvitationRevoked;
import io.crontopus.user.events.RoleChanged;
import io.crontopus.user.events.ServiceAdded;
import io.crontopus.user.events.UserRemoved;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;

/**
 * Who belongs to a tenant, and as what. Nobody gives, changes or takes a role that may do more than
 * they may, and a tenant keeps an owner. Not for an event loop.
 */
final class Members {

  private final UserStore users;
  private final ApiTokenStore tokens;
  private final SessionStore sessions;
  private final InvitationStore invitations;
  private final Forgetting forgetting;
  private final Facts facts;
  private final Clock clock;

  Members(
      UserStore users,
      ApiTokenStore tokens,
      SessionStore sessions,
      InvitationStore invitations,
      Forgetting forgetting,
      Facts facts,
      Clock clock) {
    this.users = users;
    this.tokens = tokens;
    this.sessions = sessions;
    this.invitations = invitations;
    this.forgetting = forgetting;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Requires that the caller may give this role, or take it.
   *
   * @throws Problem 403 when the role may do more than the caller
   */
  static void requireCover(Caller caller, Role role) {
    if (!caller.covers(role)) {
      throw Problem.forbidden(
          "the role " + role.wireName() + " may do more than you may: you cannot give or take it");
    }
  }

  /**
   * Adds a user that is a program.
   *
   * @throws Problem 409 when the tenant has one of this name
   */
  User addService(Caller caller, String name, Role role, Origin origin) {
    requireCover(caller, role);
    Instant now = clock.instant();
    User service =
        new User(
            UuidCreator.getTimeOrderedEpoch().toString(),
            caller.tenantId(),
            User.Kind.SERVICE,
            name,
            null,
            null,
            role,
            now);
    return facts.record(
        origin,
        () -> {
          if (!users.addUser(service)) {
            throw Problem.of(
                HttpStatus.CONFLICT, "name-taken", "there is a service of this name already");
          }
          return service;
        },
        new ServiceAdded(service.tenantId(), service.id(), role.wireName(), origin.actor(), now));
  }

  /**
   * Gives a user another role. Their access tokens are refused from then on, for a session to get
   * new ones; their API tokens shrink.
   *
   * @param condition what is required of the user as it is, behind the lock
   * @throws Problem 404 when the tenant has no such user, 403 when a role may do more than the
   *     caller, 409 when it is the last owner's
   */
  User changeRole(
      Caller caller, String userId, Role role, Consumer<User> condition, Origin origin) {
    return facts.recordOutcome(
        origin,
        () -> {
          User user = lockedUser(caller, userId);
          requireCover(caller, role);
          condition.accept(user);
          if (user.role() == role) {
            return Outcome.of(user);
          }
          if (user.kind() == User.Kind.SERVICE && role == Role.OWNER) {
            throw Problem.invalid("/role", "a service cannot own a tenant");
          }
          requireAnotherOwner(user);
          users.setRole(userId, role);
          return Outcome.of(
              users.find(user.tenantId(), userId).orElseThrow(),
              new RoleChanged(
                  user.tenantId(),
                  userId,
                  user.role().wireName(),
                  role.wireName(),
                  origin.actor(),
                  clock.instant()));
        });
  }

  /**
   * Removes a user with their tokens, sessions and invitations, and forgets them: their name and
   * their addresses, of now and of before, are nowhere any more, and what the log has sealed of
   * them opens to nobody.
   *
   * @param condition what is required of the user as it is, behind the lock
   * @throws Problem 404 when the tenant has no such user, 403 when their role may do more than the
   *     caller, 409 when it is the last owner
   */
  void remove(Caller caller, String userId, Consumer<User> condition, Origin origin) {
    facts.recordOutcome(
        origin,
        () -> {
          User user = lockedUser(caller, userId);
          condition.accept(user);
          requireAnotherOwner(user);
          Instant now = clock.instant();
          List<Object> events = revokeAllOf(user, origin.actor(), now);
          List<String> addresses = new ArrayList<>();
          if (user.email() != null) {
            addresses.add(user.email());
          }
          addresses.addAll(users.otherAddresses(userId));
          users.remove(userId);
          for (String address : addresses) {
            // One that they gave up may be another one's by now.
            if (!users.hasAddress(user.tenantId(), address)) {
              forgetting.forget(user.tenantId(), address, origin.actor(), events);
            }
          }
          return new Outcome<>(true, events);
        });
  }

  private User lockedUser(Caller caller, String userId) {
    users.lockUsersOf(caller.tenantId());
    User user = users.find(caller.tenantId(), userId).orElseThrow(() -> Problem.notFound("user"));
    requireCover(caller, user.role());
    return user;
  }

  private void requireAnotherOwner(User user) {
    if (user.role() == Role.OWNER && users.owners(user.tenantId()) == 1) {
      throw Problem.of(
          HttpStatus.CONFLICT,
          "last-owner",
          "this is the tenant's last owner: make somebody else an owner first");
    }
  }

  /** Each credential that ends with its user is told by itself, as if it had been revoked alone. */
  private List<Object> revokeAllOf(User user, String actor, Instant now) {
    String tenant = user.tenantId();
    List<Object> events = new ArrayList<>();
    tokens
        .revokeAll(user.id(), now)
        .forEach(id -> events.add(new ApiTokenRevoked(tenant, id, actor, now)));
    invitations
        .revokeAllOf(user.id(), now)
        .forEach(id -> events.add(new InvitationRevoked(tenant, id, actor, now)));
    List<String> ended = sessions.endAll(user.id());
    if (!ended.isEmpty()) {
      events.add(new SessionsEnded(tenant, user.id(), ended, "revoked", now));
    }
    events.add(new UserRemoved(tenant, user.id(), actor, now));
    return events;
  }
}
