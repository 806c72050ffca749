package io.crontopus.command.user;

import io.crontopus.command.login.NewPassword;
import io.crontopus.identity.Role;
import io.crontopus.web.RequestCheck;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What users may be called, and what they may choose. */
public final class UserRules {

  private static final int LONGEST = 254;
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private UserRules() {}

  /** Whether this can be the name of a user or of a tenant. */
  public static boolean isName(String text) {
    return USERNAME.matcher(text).matches();
  }

  /** A user name, also of a service; a tenant is called after its first user. */
  public static String username(RequestCheck check, String pointer, @Nullable String value) {
    String username = check.text(pointer, value, LONGEST);
    check.that(
        username.isEmpty() || USERNAME.matcher(username).matches(),
        pointer,
        "must be lower-case letters, digits and inner '-', at most 63 characters");
    return username;
  }

  /** An e-mail address. Whether somebody reads it is another question. */
  public static String email(RequestCheck check, String pointer, @Nullable String value) {
    String email = check.text(pointer, value, LONGEST);
    check.that(
        email.isEmpty() || EMAIL.matcher(email).matches(), pointer, "must be an e-mail address");
    return email;
  }

  /** A password that is not too easy to guess. */
  public static String password(
      RequestCheck check,
      String pointer,
      @Nullable String value,
      String username,
      @Nullable String email) {
    String password = value == null ? "" : value;
    NewPassword.check(check, pointer, password, username, email);
    return password;
  }

  /** A role, by its name. */
  static Optional<Role> role(RequestCheck check, String pointer, @Nullable String value) {
    Optional<Role> role = value == null ? Optional.empty() : Role.named(value);
    check.that(role.isPresent(), pointer, "must be one of " + Role.names());
    return role;
  }
}
