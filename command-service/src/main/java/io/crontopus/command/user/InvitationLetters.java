package io.crontopus.command.user;

import io.crontopus.command.mail.Outbox;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.identity.User;
import java.time.Duration;
import java.time.Instant;

/**
 * Sends invitations to whom they are for, some a day for each tenant: who may invite could
 * otherwise have the platform write to the whole world.
 */
final class InvitationLetters {

  private static final Duration DAY = Duration.ofDays(1);

  private final InvitationStore store;
  private final Outbox outbox;
  private final Letters letters;
  private final int mostADay;

  InvitationLetters(InvitationStore store, Outbox outbox, Letters letters, int mostADay) {
    this.store = store;
    this.outbox = outbox;
    this.letters = letters;
    this.mostADay = mostADay;
  }

  /**
   * Leaves the letter to be sent, in the transaction that is under way.
   *
   * @return whether it was: without e-mail, and above the limit, the token is handed over by hand
   */
  boolean send(Invitation invitation, String token, User inviter, Instant now) {
    if (!outbox.isOn() || store.mailed(invitation.tenantId(), now.minus(DAY)) >= mostADay) {
      return false;
    }
    boolean queued =
        outbox.queue(
            invitation.tenantId(),
            invitation.email(),
            letters.invitation(
                inviter.username(),
                invitation.tenantId(),
                invitation.role(),
                token,
                invitation.expiresAt()),
            invitation.expiresAt());
    if (queued) {
      store.setMailed(invitation);
    }
    return queued;
  }
}
