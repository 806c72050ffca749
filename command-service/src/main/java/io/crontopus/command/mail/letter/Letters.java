package io.crontopus.command.mail.letter;

import io.crontopus.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What the platform writes to people. Links carry their secret behind a {@code #}: browsers keep
 * that to themselves, so it is in no request line and in no log.
 */
public final class Letters {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String IGNORE =
      "If you do not know what this is about, ignore this letter: nothing happens.";

  private final String publicUrl;

  /**
   * @param publicUrl where people reach the platform, without a slash at the end
   */
  public Letters(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Asks whoever reads an address to confirm that it is this user's. */
  public Letter verifyEmail(String username, String token, Instant until) {
    return Letter.of("verify-email", "Confirm your e-mail address")
        .say("Hello " + username + ",")
        .say("please confirm that this is the e-mail address of your account at " + publicUrl + ".")
        .button("Confirm the address", page("verify-email", token))
        .say(
            "The link is good until %s. Or on the command line: crontopus auth verify-email --server %s, with this code:"
                .formatted(TIME.format(until), publicUrl))
        .code(token)
        .say(IGNORE)
        .build();
  }

  /** Greets a user whose address was confirmed. */
  public Letter welcome(String username, String tenantId) {
    return Letter.of("welcome", "Welcome to Crontopus")
        .say("Hello " + username + ",")
        .say(
            "your e-mail address is confirmed, and your account in the tenant "
                + tenantId
                + " is complete.")
        .button("Open the console", publicUrl)
        .say("To begin on the command line:")
        .code("crontopus auth login --server " + publicUrl + " --username " + username)
        .build();
  }

  /** Gives a user a link by which they choose another password. */
  public Letter resetPassword(String username, String token, Duration validity) {
    return Letter.of("reset-password", "Choose a new password")
        .say("Hello " + username + ",")
        .say(
            "somebody, probably you, asked for a new password for your account at "
                + publicUrl
                + ".")
        .button("Choose a new password", page("reset-password", token))
        .say(
            "The link is good for %d minutes and for one use; it ends all your sessions. Or on the command line: crontopus auth reset-password --server %s, with this code:"
                .formatted(validity.toMinutes(), publicUrl))
        .code(token)
        .say("If it was not you, ignore this letter: your password stays as it is.")
        .build();
  }

  /** Invites somebody to a tenant. */
  public Letter invitation(
      String inviter, String tenantId, Role role, String token, Instant until) {
    return Letter.of("invitation", "Invitation to " + tenantId + " on Crontopus")
        .say("Hello,")
        .say(
            "%s invites you to join the tenant %s at %s, as %s."
                .formatted(inviter, tenantId, publicUrl, role.wireName()))
        .button("Accept the invitation", page("join", token))
        .say(
            "It is good until %s. Or on the command line: save the following code in a file, then crontopus auth join --server %s --invitation FILE"
                .formatted(TIME.format(until), publicUrl))
        .code(token)
        .say(IGNORE)
        .build();
  }

  /** Tells a user, at the address that they had, that they have another one. */
  public Letter addressChanged(String username) {
    return Letter.of("address-changed", "Your e-mail address was changed")
        .say("Hello " + username + ",")
        .say(
            "your account at "
                + publicUrl
                + " has another e-mail address now. Letters will not come here any more.")
        .say("If it was not you who changed it, tell an owner of your tenant.")
        .build();
  }

  /** Shows whoever runs the platform that letters arrive. */
  public Letter test() {
    return Letter.of("test", "A test letter of Crontopus")
        .say("The platform at " + publicUrl + " can send e-mail to this address.")
        .build();
  }

  private String page(String name, String token) {
    return publicUrl + "/account/" + name + ".html#" + token;
  }
}
