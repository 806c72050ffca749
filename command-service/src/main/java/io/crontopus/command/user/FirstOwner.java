package io.crontopus.command.user;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.identity.Role;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.web.Problem;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** The invitation of whoever is to own a tenant that an operator made. Not for an event loop. */
public final class FirstOwner {

  /**
   * What the operator hands over.
   *
   * @param token shown once
   */
  public record Invited(String id, String token, Instant expiresAt) {}

  private final InvitationStore store;
  private final UserStore users;

  FirstOwner(InvitationStore store, UserStore users) {
    this.store = store;
    this.users = users;
  }

  /**
   * Makes it, in the caller's transaction, which also records it. Others that are open end.
   *
   * @param username the name that is proposed: another one may be chosen
   * @throws Problem 409 when somebody who logs in has the name, or has verified the address
   */
  public Invited invite(
      String tenantId, String username, String email, Duration lifetime, Instant now) {
    if (users.findByLogin(username).isPresent()
        || users.findByLogin(email).filter(User::emailVerified).isPresent()) {
      throw Problem.of(
          HttpStatus.CONFLICT, "name-taken", "the user name or the e-mail address is taken");
    }
    String token = SecretToken.issue(SecretToken.Kind.INVITATION);
    Invitation invitation =
        new Invitation(
            UuidCreator.getTimeOrderedEpoch().toString(),
            tenantId,
            email,
            Role.OWNER,
            SecretToken.shown(token),
            null,
            username,
            now,
            now.plus(lifetime),
            null,
            null);
    store.revokeAllOfTenant(tenantId, now);
    store.add(invitation, token);
    return new Invited(invitation.id(), token, invitation.expiresAt());
  }
}
