package io.crontopus.command.user;

import io.crontopus.command.login.Visit;
import io.crontopus.identity.User;
import io.crontopus.web.Problem;
import java.util.List;
import java.util.function.Function;

/**
 * Invitations for people whose address somebody else has verified: they need no token. Not for an
 * event loop.
 */
public final class InvitedPeople {

  private final Joining joining;

  InvitedPeople(Joining joining) {
    this.joining = joining;
  }

  /** An invitation that can be accepted, as shown to whom it is meant for. */
  public record Open(String id, String tenantId, String role) {}

  /** All of them for this address. */
  public List<Open> invited(String verifiedEmail) {
    return joining.to(verifiedEmail).stream()
        .map(open -> new Open(open.id(), open.tenantId(), open.role().wireName()))
        .toList();
  }

  /**
   * Makes a user without a password of an invitation.
   *
   * @param entry notes what lets the user in, in the same transaction, and says what happened by it
   * @throws Problem 404 when it counts no more, 409 when the name or the address is taken
   */
  public User join(
      String verifiedEmail,
      String invitationId,
      String username,
      Visit visit,
      Function<User, List<Object>> entry) {
    return joining.acceptFor(verifiedEmail, invitationId, username, visit, entry);
  }
}
