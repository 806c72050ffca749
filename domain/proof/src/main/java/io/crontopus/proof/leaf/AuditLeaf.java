package io.crontopus.proof.leaf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event as the audit log hashes it: exactly what is stored, and its place in its tenant's log.
 *
 * <p>Its bytes are the line {@code crontopus-event/1} with a line feed, then the fields in the
 * order of this record. {@code seq} and {@code sequence} are 8 bytes, most significant first. Every
 * other field is a length of 4 bytes, most significant first, and so many bytes; a length of {@code
 * ffffffff} says that there is no value. Texts are UTF-8.
 *
 * @param tenantId whose log it is
 * @param seq its place in that log, from 0
 * @param eventId the event's own id
 * @param aggregateType the kind of thing that it happened to, where that is stored
 * @param aggregateId the thing that it happened to
 * @param sequence its place among the events of that thing
 * @param type the event's name
 * @param revision the revision of its shape, where it has one
 * @param recordedAt when it was recorded, as stored
 * @param metadata who caused it, as stored
 * @param payload what happened, as stored
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below; nobody changes them
public record AuditLeaf(
    String tenantId,
    long seq,
    String eventId,
    @Nullable String aggregateType,
    String aggregateId,
    long sequence,
    String type,
    @Nullable String revision,
    String recordedAt,
    byte @Nullable [] metadata,
    byte[] payload) {

  private static final byte[] START = "crontopus-event/1\n".getBytes(StandardCharsets.UTF_8);
  private static final int NONE = -1;

  /** The bytes. */
  public byte[] encode() {
    byte[] tenant = utf8(tenantId);
    byte[] event = utf8(eventId);
    byte @Nullable [] kind = optionalUtf8(aggregateType);
    byte[] aggregate = utf8(aggregateId);
    byte[] name = utf8(type);
    byte @Nullable [] shape = optionalUtf8(revision);
    byte[] recorded = utf8(recordedAt);
    int length =
        START.length
            + 2 * Long.BYTES
            + length(tenant)
            + length(event)
            + length(kind)
            + length(aggregate)
            + length(name)
            + length(shape)
            + length(recorded)
            + length(metadata)
            + length(payload);
    ByteBuffer into = ByteBuffer.allocate(length).put(START);
    put(into, tenant);
    into.putLong(seq);
    put(into, event);
    put(into, kind);
    put(into, aggregate);
    into.putLong(sequence);
    put(into, name);
    put(into, shape);
    put(into, recorded);
    put(into, metadata);
    put(into, payload);
    return into.array();
  }

  /**
   * Reads the bytes.
   *
   * @throws IllegalArgumentException when they are none of a leaf
   */
  public static AuditLeaf decode(byte[] bytes) {
    LeafReader in = new LeafReader(bytes, START);
    AuditLeaf leaf =
        new AuditLeaf(
            in.text(),
            in.number(),
            in.text(),
            in.optionalText(),
            in.text(),
            in.number(),
            in.text(),
            in.optionalText(),
            in.text(),
            in.optionalBytes(),
            in.bytes());
    in.end();
    return leaf;
  }

  /** The same event at another place of a log. */
  public AuditLeaf of(String otherTenantId, long otherSeq) {
    return new AuditLeaf(
        otherTenantId,
        otherSeq,
        eventId,
        aggregateType,
        aggregateId,
        sequence,
        type,
        revision,
        recordedAt,
        metadata,
        payload);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuditLeaf leaf && Arrays.equals(encode(), leaf.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }

  @Override
  public String toString() {
    return tenantId + " " + seq + " " + type + " " + eventId;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] optionalUtf8(@Nullable String text) {
    return text == null ? null : utf8(text);
  }

  private static int length(byte @Nullable [] field) {
    return Integer.BYTES + (field == null ? 0 : field.length);
  }

  private static void put(ByteBuffer into, byte @Nullable [] field) {
    if (field == null) {
      into.putInt(NONE);
    } else {
      into.putInt(field.length).put(field);
    }
  }
}
