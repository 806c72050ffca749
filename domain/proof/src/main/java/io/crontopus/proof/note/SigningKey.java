package io.crontopus.proof.note;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key with its name, written {@code PRIVATE+KEY+name+hash+key} as Go's note package does.
 * {@link #toString} gives the public half only.
 */
public final class SigningKey {

  private static final String PREFIX = "PRIVATE+KEY+";

  private final byte[] seed;
  private final PrivateKey key;
  private final VerifierKey verifier;

  private SigningKey(String name, byte[] seed) {
    this.seed = seed.clone();
    this.key = Ed25519.privateKey(seed);
    this.verifier = VerifierKey.of(name, Ed25519.publicKey(seed));
  }

  private SigningKey(byte[] seed, PrivateKey key, VerifierKey verifier) {
    this.seed = seed;
    this.key = key;
    this.verifier = verifier;
  }

  /** A new key of this name. */
  public static SigningKey generate(String name) {
    return new SigningKey(name, Ed25519.newSeed());
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when it is none; the message does not hold it
   */
  public static SigningKey parse(String text) {
    String line = text.strip();
    String[] parts =
        line.startsWith(PREFIX) ? line.substring(PREFIX.length()).split("\\+", 3) : null;
    if (parts == null || parts.length != 3) {
      throw new IllegalArgumentException("a private key looks like PRIVATE+KEY+name+hash+key");
    }
    byte[] typed = decoded(parts[2]);
    if (typed.length != Ed25519.KEY_LENGTH + 1 || typed[0] != KeyId.ED25519) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    SigningKey parsed = new SigningKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
    if (!parsed.verifier.id().equals(KeyId.parse(parts[1]))) {
      throw new IllegalArgumentException("the private key's hash does not fit the key");
    }
    return parsed;
  }

  /** The public half. */
  public VerifierKey verifier() {
    return verifier;
  }

  /** The same key under another name. */
  public SigningKey named(String other) {
    return new SigningKey(seed, key, verifier.named(other));
  }

  /** The secret, to be kept in a file that nobody else can read. */
  public String secret() {
    byte[] typed = new byte[seed.length + 1];
    typed[0] = KeyId.ED25519;
    System.arraycopy(seed, 0, typed, 1, seed.length);
    return PREFIX
        + verifier.name()
        + "+"
        + verifier.id()
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  NoteSignature sign(String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    return new NoteSignature(verifier.name(), verifier.id(), Ed25519.sign(key, message));
  }

  @Override
  public String toString() {
    return verifier.toString();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a key in base64");
    }
  }
}
