package io.crontopus.command.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.login.Visit;
import io.crontopus.command.user.Newcomers;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.Role;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.tenant.events.TenantRegistered;
import io.crontopus.tenant.events.UserRegistered;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** Makes a tenant with its first user. Not for an event loop. */
public final class Registration {

  private final UserStore users;
  private final Passwords passwords;
  private final Facts facts;
  private final TenantRepositories repositories;
  private final Newcomers newcomers;
  private final Clock clock;

  public Registration(
      UserStore users,
      Passwords passwords,
      Facts facts,
      TenantRepositories repositories,
      Newcomers newcomers,
      Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.facts = facts;
    this.repositories = repositories;
    this.newcomers = newcomers;
    this.clock = clock;
  }

  /**
   * Registers a user who owns a tenant of the same name.
   *
   * @throws Problem 409 when the name or the address is taken
   */
  public User register(String username, String email, String password, Visit visit) {
    return register(username, email, passwords.hash(password), false, visit, _ -> List.of());
  }

  /**
   * Registers a user without a password, whom something else lets in that vouches for the address.
   *
   * @param entry notes that, in the same transaction, and says what happened by it
   * @throws Problem 409 when the name or the address is taken
   */
  public User registerWithoutPassword(
      String username, String email, Visit visit, Function<User, List<Object>> entry) {
    return register(username, email, Passwords.none(), true, visit, entry);
  }

  private User register(
      String username,
      String email,
      String passwordHash,
      boolean emailVerified,
      Visit visit,
      Function<User, List<Object>> entry) {
    Instant now = clock.instant();
    User user =
        new User(
            UuidCreator.getTimeOrderedEpoch().toString(),
            username,
            User.Kind.PERSON,
            username,
            email,
            passwordHash,
            Role.OWNER,
            now,
            emailVerified);
    facts.recordOutcome(
        visit.by(user.tenantId(), user.actor()),
        () -> {
          if (!users.addTenant(user.tenantId(), now) || !users.addUser(user)) {
            throw Problem.of(
                HttpStatus.CONFLICT, "name-taken", "the user name or the e-mail address is taken");
          }
          List<Object> events = new ArrayList<>();
          events.add(new TenantRegistered(user.tenantId(), user.id(), now));
          events.add(
              new UserRegistered(user.tenantId(), user.id(), List.of(user.role().wireName()), now));
          events.addAll(entry.apply(user));
          newcomers.joined(user);
          return new Outcome<>(user, events);
        });
    repositories.create(user.tenantId());
    return user;
  }
}
