package io.crontopus.endpoint.events;

import io.crontopus.endpoint.events.HeartbeatsCollected.Alike;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of heartbeats that differs, in about 28 characters each: base64 of, one after the other,
 * the 16 bytes of the endpoint's id and three variable-length integers (zigzag, seven bits a byte,
 * lowest first): milliseconds from the collection to the receipt, from the receipt to the sending
 * by the machine's clock, and one more than the depth of the spool (0 when it is not known).
 */
public final class PackedHeartbeats {

  private static final int MOST_BYTES_OF_ONE = 16 + 3 * 10;

  private final long collectedAt;
  private byte[] bytes = new byte[256];
  private int length;

  /** Nothing yet. */
  public PackedHeartbeats(Instant collectedAt) {
    this.collectedAt = collectedAt.toEpochMilli();
  }

  /** Adds an endpoint; times in milliseconds since 1970. */
  public void add(UUID endpoint, long receivedAt, long sentAt, @Nullable Long spoolDepth) {
    if (bytes.length - length < MOST_BYTES_OF_ONE) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    ByteBuffer.wrap(bytes, length, 16)
        .putLong(endpoint.getMostSignificantBits())
        .putLong(endpoint.getLeastSignificantBits());
    length += 16;
    put(receivedAt - collectedAt);
    put(sentAt - receivedAt);
    put(spoolDepth == null ? 0 : spoolDepth + 1);
  }

  /** What was added, as it is stored. */
  public String pack() {
    return Base64.getEncoder()
        .encodeToString(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  static void unpack(Alike group, Instant collectedAt, Consumer<Heartbeat> consumer) {
    long base = collectedAt.toEpochMilli();
    ByteBuffer packed = ByteBuffer.wrap(Base64.getDecoder().decode(group.endpoints()));
    while (packed.hasRemaining()) {
      String endpoint = new UUID(packed.getLong(), packed.getLong()).toString();
      long receivedAt = base + get(packed);
      long sentAt = receivedAt + get(packed);
      long spool = get(packed);
      consumer.accept(
          new Heartbeat(
              group.tenantId(),
              endpoint,
              Instant.ofEpochMilli(sentAt),
              Instant.ofEpochMilli(receivedAt),
              group.version(),
              group.scheduler(),
              group.schedulerAlive(),
              group.appliedCommit(),
              spool == 0 ? null : spool - 1));
    }
  }

  private void put(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private static long get(ByteBuffer packed) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = packed.get();
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }
}
