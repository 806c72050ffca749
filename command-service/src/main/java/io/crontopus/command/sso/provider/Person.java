package io.crontopus.command.sso.provider;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a provider vouches for.
 *
 * @param issuer who vouches
 * @param subject what the issuer calls the person, and never anybody else
 * @param email their address; null when it is not told
 * @param emailVerified whether the issuer knows that they read it
 * @param name what they are called; null when it is not told
 */
public record Person(
    String issuer,
    String subject,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String name) {

  private static final int LONGEST = 254;
  private static final int LONGEST_SUBJECT = 255;

  public Person {
    if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || hasControls(subject)) {
      throw new SignInFailed(SignInFailed.Reason.REFUSED, "the subject cannot be one");
    }
    if (email != null
        && (email.length() > LONGEST
            || hasControls(email)
            || !email.matches("[^@\\s]+@[^@\\s]+"))) {
      email = null;
    }
    // Beyond ASCII there are letters that look like others, or become others in lower case.
    emailVerified = emailVerified && email != null && email.chars().allMatch(c -> c < 0x80);
    if (name != null && (name.length() > LONGEST || hasControls(name))) {
      name = null;
    }
  }

  /** The address, if it is verified. */
  public @Nullable String verifiedEmail() {
    return emailVerified ? email : null;
  }

  /** The domain of the address, in lower case; empty without an address. */
  String domain() {
    return email == null ? "" : email.substring(email.indexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
