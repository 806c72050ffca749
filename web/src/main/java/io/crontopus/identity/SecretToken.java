package io.crontopus.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * An opaque credential: a prefix that says what it is, 256 random bits, and a checksum, so that a
 * scanner (and this platform, without asking the database) can tell a real one from noise.
 */
public final class SecretToken {

  /** What a token is for. */
  public enum Kind {
    API("ctp_"),
    ENDPOINT("ep_"),
    ENROLLMENT("cte_"),
    REFRESH("ctr_"),
    INVITATION("cti_"),
    DEVICE("ctd_"),
    PASSWORD_RESET("ctpw_"),
    EMAIL_VERIFICATION("ctev_"),
    OPERATOR("cto_"),
    PING("ctk_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_CHARACTERS = 43;
  private static final int CHECKSUM_CHARACTERS = 6;
  private static final int SHOWN_CHARACTERS = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** As an address may have it, too. What is shorter behind a prefix proves nothing. */
  private static final Pattern IN_A_TEXT =
      Pattern.compile(
          Arrays.stream(Kind.values())
              .map(kind -> kind.prefix.replace("_", "(?:_|%5[Ff])"))
              .collect(Collectors.joining("|", "(", ")[0-9A-Za-z%]{16,}")));

  private SecretToken() {}

  /** A new token; the caller shows it once and stores its hash. */
  public static String issue(Kind kind) {
    StringBuilder token = new StringBuilder(kind.prefix);
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      token.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return token.append(checksum(token.toString())).toString();
  }

  /** What this token is for; empty when it cannot be one of ours. */
  public static Optional<Kind> kindOf(String token) {
    return Arrays.stream(Kind.values())
        .filter(kind -> token.startsWith(kind.prefix))
        .filter(
            kind ->
                token.length() == kind.prefix.length() + RANDOM_CHARACTERS + CHECKSUM_CHARACTERS)
        .filter(
            kind -> {
              int end = token.length() - CHECKSUM_CHARACTERS;
              return checksum(token.substring(0, end)).equals(token.substring(end));
            })
        .findFirst();
  }

  /** SHA-256 of the token: all that is ever stored. */
  public static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A text for a log: of every token in it the prefix alone. */
  public static String masked(String text) {
    return IN_A_TEXT.matcher(text).replaceAll("$1…");
  }

  /** The first characters, by which its owner recognises it. */
  public static String shown(String token) {
    return token.substring(0, SHOWN_CHARACTERS);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    long value = crc.getValue();
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < CHECKSUM_CHARACTERS; i++) {
      digits.append(ALPHABET.charAt((int) (value % ALPHABET.length())));
      value /= ALPHABET.length();
    }
    return digits.toString();
  }
}
