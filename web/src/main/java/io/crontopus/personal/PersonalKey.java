package io.crontopus.personal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that seals what is said of one person: AES-256 in GCM, a random nonce for each text, the
 * key's id bound to it.
 *
 * <p>A sealed text is {@code sealed:<key id>:<base64url of nonce and ciphertext>}, so that it says
 * itself which key opens it.
 */
public final class PersonalKey {

  private static final Pattern SEALED = Pattern.compile("sealed:([0-9a-f]{32}):([A-Za-z0-9_-]+)");
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int ID_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id;
  private final byte[] secret;

  /** The key of this id, from the 32 bytes that are stored. */
  public PersonalKey(String id, byte[] secret) {
    this.id = id;
    this.secret = secret.clone();
  }

  /** A new one. */
  static PersonalKey create() {
    return new PersonalKey(HexFormat.of().formatHex(random(ID_BYTES)), random(SECRET_BYTES));
  }

  /** The id of the key that opens this text; empty for a text that is not sealed. */
  public static Optional<String> idIn(String text) {
    Matcher sealed = SEALED.matcher(text);
    return sealed.matches() ? Optional.of(sealed.group(1)) : Optional.empty();
  }

  public String id() {
    return id;
  }

  /** What is stored of it. */
  byte[] secret() {
    return secret.clone();
  }

  /** Seals a text; twice the same text looks different. */
  public String seal(String text) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      return "sealed:" + id + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + CIPHER, e);
    }
  }

  /** The text that this key has sealed; empty for any other. */
  public Optional<String> open(String sealed) {
    Matcher parts = SEALED.matcher(sealed);
    if (!parts.matches() || !parts.group(1).equals(id)) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(parts.group(2));
      if (all.length < NONCE_BYTES) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
