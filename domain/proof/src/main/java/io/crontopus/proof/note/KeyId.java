package io.crontopus.proof.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The short name of a key: the first four bytes of {@code SHA-256(name ‖ LF ‖ algorithm ‖ public
 * key)}. It tells which key to try and proves nothing.
 */
public record KeyId(int value) {

  static final byte ED25519 = 1;
  private static final int DIGITS = 8;

  static KeyId of(String name, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(ED25519);
      return new KeyId(ByteBuffer.wrap(digest.digest(publicKey)).getInt());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static KeyId parse(String hex) {
    if (hex.length() != DIGITS) {
      throw new IllegalArgumentException("a key's hash has " + DIGITS + " digits");
    }
    return new KeyId(HexFormat.fromHexDigits(hex));
  }

  /** Eight hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
