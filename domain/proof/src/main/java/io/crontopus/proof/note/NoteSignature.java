package io.crontopus.proof.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** A signature line of a note. What it is worth only the key can tell. */
public final class NoteSignature {

  private static final String START = "\u2014 ";

  private final String name;
  private final KeyId keyId;
  private final byte[] bytes;

  NoteSignature(String name, KeyId keyId, byte[] bytes) {
    this.name = name;
    this.keyId = keyId;
    this.bytes = bytes.clone();
  }

  static NoteSignature parse(String line) {
    String[] parts = line.startsWith(START) ? line.substring(START.length()).split(" ", -1) : null;
    if (parts == null || parts.length != 2) {
      throw new IllegalArgumentException("not a line of a signature: " + line);
    }
    byte[] content = Base64.getDecoder().decode(parts[1]);
    if (content.length <= Integer.BYTES) {
      throw new IllegalArgumentException("an empty signature");
    }
    return new NoteSignature(
        KeyName.check(parts[0]),
        new KeyId(ByteBuffer.wrap(content).getInt()),
        Arrays.copyOfRange(content, Integer.BYTES, content.length));
  }

  /** The signer's name. */
  public String name() {
    return name;
  }

  /** The signer's key. */
  public KeyId keyId() {
    return keyId;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature signature
        && name.equals(signature.name)
        && keyId.equals(signature.keyId)
        && Arrays.equals(bytes, signature.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, keyId, Arrays.hashCode(bytes));
  }

  /** The line, without its end. */
  @Override
  public String toString() {
    byte[] content =
        ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId.value()).put(bytes).array();
    return START + name + " " + Base64.getEncoder().encodeToString(content);
  }
}
