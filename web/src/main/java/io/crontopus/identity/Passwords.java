package io.crontopus.identity;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Password hashes: Argon2id. Slow on purpose; never on an event loop. */
public final class Passwords {

  /** What the stored hash of a person begins with who has no password: no hash does. */
  private static final String NONE = "!";

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

  /**
   * To be stored for a person who has no password. It is another one each time, so that what is
   * bound to a stored hash is bound to this one.
   */
  public static String none() {
    return NONE + UUID.randomUUID();
  }

  /** Whether the user can log in with a password. */
  public static boolean has(User user) {
    String hash = user.passwordHash();
    return hash != null && !hash.startsWith(NONE);
  }

  /** Whether this is the user's password. Who has none takes as long as who has another one. */
  public boolean isOf(User user, String password) {
    String hash = user.passwordHash();
    if (hash == null || !has(user)) {
      compareWithNobody(password);
      return false;
    }
    return matches(password, hash);
  }

  /** Takes the time of a comparison, and fails. */
  public void compareWithNobody(String password) {
    matches(password, nobody);
  }

  /** What no character encoding has bytes for, half a surrogate pair, is nobody's password. */
  private boolean matches(String password, String hash) {
    boolean possible = StandardCharsets.UTF_8.newEncoder().canEncode(password);
    return argon2.matches(possible ? password : "", hash) && possible;
  }
}
