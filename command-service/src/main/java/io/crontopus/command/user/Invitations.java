package io.crontopus.command.user;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Role;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.UserStore;
import io.crontopus.user.events.InvitationMade;
import io.crontopus.user.events.InvitationRevoked;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Tokens that let people join a tenant: made, taken back, and handed over or sent. Not for an event
 * loop.
 */
final class Invitations {

  /**
   * An invitation that was just made, with what its maker hands over.
   *
   * @param mailed whether it is sent by e-mail as well
   */
  record Made(Invitation invitation, String token, boolean mailed) {}

  private final InvitationStore store;
  private final UserStore users;
  private final InvitationLetters letters;
  private final Facts facts;
  private final Clock clock;

  Invitations(
      InvitationStore store, UserStore users, InvitationLetters letters, Facts facts, Clock clock) {
    this.store = store;
    this.users = users;
    this.letters = letters;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Makes an invitation.
   *
   * @throws Problem 403 when the role may do more than the caller, 409 when somebody of the tenant
   *     has this address; whether somebody of another tenant has it is not told
   */
  Made make(Caller caller, String email, Role role, Duration lifetime, Origin origin) {
    Members.requireCover(caller, role);
    String inviter = caller.userId();
    if (inviter == null) {
      throw Problem.forbidden("only a user, or a user's token, can invite");
    }
    Instant now = clock.instant();
    String token = SecretToken.issue(SecretToken.Kind.INVITATION);
    Invitation invitation =
        new Invitation(
            UuidCreator.getTimeOrderedEpoch().toString(),
            caller.tenantId(),
            email,
            role,
            SecretToken.shown(token),
            inviter,
            null,
            now,
            now.plus(lifetime),
            null,
            null);
    return facts.record(
        origin,
        () -> {
          if (users.hasAddress(caller.tenantId(), email)) {
            throw Problem.of(
                HttpStatus.CONFLICT, "already-a-user", "somebody with this address is a user");
          }
          store.add(invitation, token);
          boolean mailed =
              users
                  .find(caller.tenantId(), inviter)
                  .filter(user -> letters.send(invitation, token, user, now))
                  .isPresent();
          return new Made(invitation, token, mailed);
        },
        new InvitationMade(
            invitation.tenantId(),
            invitation.id(),
            role.wireName(),
            invitation.expiresAt(),
            origin.actor(),
            now));
  }

  /** Invitations of the tenant, newest first, from behind the given one. */
  List<Invitation> list(
      String tenantId, int limit, @Nullable Instant beforeTime, @Nullable String beforeId) {
    return store.list(tenantId, limit, beforeTime, beforeId);
  }

  /**
   * Takes an invitation back.
   *
   * @throws Problem 404 when the tenant has no such one that was neither accepted nor taken back
   */
  void revoke(Caller caller, String invitationId, Origin origin) {
    Instant now = clock.instant();
    facts.record(
        origin,
        () -> {
          Invitation open =
              store.findOpen(caller.tenantId(), invitationId).orElseThrow(Invitations::missing);
          Members.requireCover(caller, open.role());
          if (!store.revoke(invitationId, now)) {
            throw missing();
          }
          return open;
        },
        new InvitationRevoked(caller.tenantId(), invitationId, origin.actor(), now));
  }

  private static Problem missing() {
    return Problem.notFound("invitation");
  }
}
