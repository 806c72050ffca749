package io.crontopus.command.login;

import io.crontopus.identity.PasswordRules;
import io.crontopus.web.RequestCheck;
import org.jspecify.annotations.Nullable;

/** A password that somebody has chosen. */
public final class NewPassword {

  private NewPassword() {}

  /** Notes everything that makes the password too easy to guess. */
  public static void check(
      RequestCheck check,
      String pointer,
      String password,
      String username,
      @Nullable String email) {
    PasswordRules.faults(password, username, email).forEach(fault -> check.error(pointer, fault));
  }
}
