package io.crontopus.proof.note;

import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A public key with its name, written {@code name+hash+key}: the hash in eight hexadecimal digits,
 * the key in base64 behind a byte for Ed25519.
 */
public final class VerifierKey {

  private final String name;
  private final byte[] publicKey;
  private final KeyId id;

  private VerifierKey(String name, byte[] publicKey) {
    this.name = KeyName.check(name);
    this.publicKey = publicKey.clone();
    this.id = KeyId.of(name, publicKey);
    if (publicKey.length != Ed25519.KEY_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
    }
  }

  /** A key of this name from the 32 bytes of an Ed25519 public key. */
  public static VerifierKey of(String name, byte[] publicKey) {
    return new VerifierKey(name, publicKey);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a public key looks like name+hash+key");
    }
    byte[] key = Base64.getDecoder().decode(parts[2]);
    if (key.length != Ed25519.KEY_LENGTH + 1 || key[0] != KeyId.ED25519) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    VerifierKey parsed = new VerifierKey(parts[0], Arrays.copyOfRange(key, 1, key.length));
    if (!parsed.id.equals(KeyId.parse(parts[1]))) {
      throw new IllegalArgumentException("the key's hash does not fit the key");
    }
    return parsed;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** Which key it is. */
  public KeyId id() {
    return id;
  }

  /** The 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The same key under another name. */
  public VerifierKey named(String other) {
    return new VerifierKey(other, publicKey);
  }

  boolean isSigner(NoteSignature signature, byte[] message) {
    return signature.name().equals(name)
        && signature.keyId().equals(id)
        && Ed25519.isSignature(publicKey, message, signature.bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && name.equals(key.name)
        && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, id);
  }

  @Override
  public String toString() {
    byte[] typed = new byte[publicKey.length + 1];
    typed[0] = KeyId.ED25519;
    System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
    return name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed);
  }
}
