package io.crontopus.command.sso;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets of a sign-in: 256 bits each, as 43 characters that addresses and cookies can hold. */
final class Secrets {

  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 32;
  private static final String FORM = "[-_A-Za-z0-9]{43}";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private Secrets() {}

  /** One that nobody can guess. */
  static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /** One that only who knows the secret can tell, and that tells nothing of the secret. */
  static String derived(String secret, String purpose) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), HMAC));
      return TEXT.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this can be one. */
  static boolean isOne(String text) {
    return text.matches(FORM);
  }
}
