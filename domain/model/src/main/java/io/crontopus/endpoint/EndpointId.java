package io.crontopus.endpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Identity of an endpoint within its tenant.
 *
 * @param tenantId the tenant
 * @param value a UUID in its textual form
 */
public record EndpointId(String tenantId, String value) {

  private static final UUID NAMESPACE = UUID.fromString("5d7c1a4e-6e0b-5f3a-9c55-3d0c2b6f7a10");

  /**
   * The endpoint of this machine: enrolling the same machine twice gives the same endpoint
   * (UUIDv5).
   */
  public static EndpointId ofMachine(String tenantId, String machineId) {
    return new EndpointId(tenantId, uuid5(tenantId + "\n" + machineId).toString());
  }

  /** The identifier of the endpoint's event stream. */
  @Override
  public String toString() {
    return "endpoint:" + tenantId + ":" + value;
  }

  private static UUID uuid5(String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .array());
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & ~0xF000L) | 0x5000L;
      long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
