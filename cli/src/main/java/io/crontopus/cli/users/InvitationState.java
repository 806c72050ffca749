package io.crontopus.cli.users;

import io.crontopus.cli.output.Row;
import java.time.Instant;

/** Whether an invitation can still be accepted. */
final class InvitationState {

  private InvitationState() {}

  static String of(Row invitation, Instant now) {
    if (invitation.has("accepted_at")) {
      return "accepted";
    }
    if (invitation.has("revoked_at")) {
      return "revoked";
    }
    return invitation.time("expires_at").map(end -> end.isBefore(now)).orElse(false)
        ? "expired"
        : "active";
  }
}
