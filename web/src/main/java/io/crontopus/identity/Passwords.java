package io.crontopus.identity;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Password hashes: Argon2id. Slow on purpose; never on an event loop. */
public final class Passwords {

  private final Argon2PasswordEncoder argon2 =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

  /**
   * Compared with when there is no such user, so that a missing user takes as long as a wrong
   * password.
   */
  private final String nobody = hash("nobody has this password");

  /** The hash to store. */
  public String hash(String password) {
    String hash = argon2.encode(password);
    if (hash == null) {
      throw new IllegalStateException("no hash");
    }
    return hash;
  }

  /** Whether this is the user's password; a service has none. */
  public boolean isOf(User user, String password) {
    String hash = user.passwordHash();
    return hash != null && argon2.matches(password, hash);
  }

  /** Takes the time of a comparison, and fails. */
  public void compareWithNobody(String password) {
    argon2.matches(password, nobody);
  }
}
