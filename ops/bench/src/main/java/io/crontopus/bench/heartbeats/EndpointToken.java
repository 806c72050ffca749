package io.crontopus.bench.heartbeats;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/**
 * Tokens of endpoints in the form that the platform takes for one: prefix, characters, checksum.
 */
record EndpointToken(String secret) {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECKSUM = 6;

  /** The token of endpoint {@code number} of a bench; no secret. */
  static EndpointToken of(long number) {
    String text = "ep_" + "%043d".formatted(number);
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    StringBuilder token = new StringBuilder(text);
    long value = crc.getValue();
    for (int i = 0; i < CHECKSUM; i++) {
      token.append(ALPHABET.charAt((int) (value % ALPHABET.length())));
      value /= ALPHABET.length();
    }
    return new EndpointToken(token.toString());
  }

  /** What the platform stores of it. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
