package io.crontopus.proof.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 hash of a leaf or a node, with the domains of RFC 6962, section 2.1: {@code
 * SHA-256(0x00 ‖ leaf)} and {@code SHA-256(0x01 ‖ left ‖ right)}.
 */
public final class Hash {

  /** How many bytes a hash has. */
  public static final int LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte CHAIN = 2;

  /** The root of a tree without leaves. */
  public static final Hash EMPTY_TREE = new Hash(sha256().digest());

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A hash of these 32 bytes.
   *
   * @throws IllegalArgumentException when they are more or fewer
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /**
   * A hash that is written in base64.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Hash ofBase64(String text) {
    return of(Base64.getDecoder().decode(text));
  }

  /** The hash of a leaf with this content. */
  public static Hash ofLeaf(byte[] content) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    digest.update(content);
    return new Hash(digest.digest());
  }

  /** The hash of the node above these two. */
  public static Hash ofNode(Hash left, Hash right) {
    return joined(NODE, left, right);
  }

  /**
   * The next link of a plain chain over leaf hashes, {@code SHA-256(0x02 ‖ before ‖ leaf)}. It
   * proves nothing by itself; where a tree's root is wrong, it tells at which leaf that began.
   */
  public static Hash ofLink(Hash before, Hash leaf) {
    return joined(CHAIN, before, leaf);
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes in base64, with padding. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static Hash joined(byte domain, Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(domain);
    digest.update(left.bytes);
    digest.update(right.bytes);
    return new Hash(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
