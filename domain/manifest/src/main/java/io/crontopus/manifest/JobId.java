package io.crontopus.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The identity of jobs whose manifest gives none: a name-based UUID (RFC 9562, version 5). */
public final class JobId {

  /**
   * The namespace of Crontopus job ids. Fixed for ever: another value would give every job without
   * {@code metadata.id} another identity.
   */
  public static final UUID NAMESPACE = UUID.fromString("6f1d3c52-9a4e-5b0f-8c27-3e0c1a7b5d94");

  private JobId() {}

  /** The version 5 UUID of {@code tenantId/namespace/name}, UTF-8, in {@link #NAMESPACE}. */
  public static UUID of(String tenantId, String namespace, String name) {
    byte[] hash =
        sha1()
            .digest(
                concat(
                    NAMESPACE,
                    (tenantId + "/" + namespace + "/" + name).getBytes(StandardCharsets.UTF_8)));
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = (bits.getLong() & ~0xF000L) | 0x5000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] concat(UUID namespace, byte[] name) {
    return ByteBuffer.allocate(16 + name.length)
        .putLong(namespace.getMostSignificantBits())
        .putLong(namespace.getLeastSignificantBits())
        .put(name)
        .array();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
