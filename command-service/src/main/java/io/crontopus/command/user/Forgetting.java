package io.crontopus.command.user;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.mail.Outbox;
import io.crontopus.identity.UserStore;
import io.crontopus.personal.PersonalKeys;
import io.crontopus.user.events.InvitationRevoked;
import io.crontopus.user.events.PersonForgotten;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * Forgets people: what the log says of them is opened by nobody any more. Not for an event loop.
 */
final class Forgetting {

  private final UserStore users;
  private final InvitationStore invitations;
  private final PersonalKeys keys;
  private final Outbox outbox;
  private final Facts facts;
  private final Clock clock;

  Forgetting(
      UserStore users,
      InvitationStore invitations,
      PersonalKeys keys,
      Outbox outbox,
      Facts facts,
      Clock clock) {
    this.users = users;
    this.invitations = invitations;
    this.keys = keys;
    this.outbox = outbox;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Forgets somebody who is no user, as the author of commits.
   *
   * @throws Problem 404 when nothing is known of this address, 409 when it is a user's
   */
  void forget(String tenantId, String email, Origin origin) {
    facts.recordOutcome(
        origin,
        () -> {
          if (users.hasAddress(tenantId, email)) {
            throw Problem.of(
                HttpStatus.CONFLICT, "is-a-user", "this is a user's address: remove the user");
          }
          List<Object> events = new ArrayList<>();
          if (!forget(tenantId, email, origin.actor(), events)) {
            throw Problem.notFound("person");
          }
          return new Outcome<>(true, events);
        });
  }

  /**
   * The same inside a transaction that goes on; false when nothing was known.
   *
   * @param events where what happens by it is added
   */
  boolean forget(String tenantId, String email, String actor, List<Object> events) {
    Instant now = clock.instant();
    outbox.forget(tenantId, email);
    Map<String, Boolean> forgotten = invitations.forget(tenantId, email, now);
    forgotten.forEach(
        (id, open) -> {
          if (open) {
            events.add(new InvitationRevoked(tenantId, id, actor, now));
          }
        });
    return keys.forget(tenantId, email)
            .map(key -> events.add(new PersonForgotten(tenantId, key, actor, now)))
            .isPresent()
        || !forgotten.isEmpty();
  }
}
