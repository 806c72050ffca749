package io.crontopus.proof.leaf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes a leaf's bytes apart; nothing but what the encoding says passes. */
final class LeafReader {

  private final ByteBuffer in;

  LeafReader(byte[] bytes, byte[] start) {
    if (!Arrays.equals(bytes, 0, Math.min(start.length, bytes.length), start, 0, start.length)) {
      throw new IllegalArgumentException("not the leaf of an event");
    }
    in = ByteBuffer.wrap(bytes, start.length, bytes.length - start.length);
  }

  long number() {
    try {
      return in.getLong();
    } catch (BufferUnderflowException e) {
      throw tooShort();
    }
  }

  String text() {
    return decoded(bytes());
  }

  @Nullable String optionalText() {
    byte[] bytes = optionalBytes();
    return bytes == null ? null : decoded(bytes);
  }

  byte[] bytes() {
    byte[] bytes = optionalBytes();
    if (bytes == null) {
      throw new IllegalArgumentException("a leaf without a field that it must have");
    }
    return bytes;
  }

  byte @Nullable [] optionalBytes() {
    if (in.remaining() < Integer.BYTES) {
      throw tooShort();
    }
    int length = in.getInt();
    if (length == -1) {
      return null;
    }
    if (length < 0 || length > in.remaining()) {
      throw tooShort();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  void end() {
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("a leaf with something behind its end");
    }
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a leaf with a text that is not UTF-8", e);
    }
  }

  private static IllegalArgumentException tooShort() {
    return new IllegalArgumentException("a leaf that ends early");
  }
}
