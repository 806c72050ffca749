package io.crontopus.eventstore;

import io.crontopus.event.EventCatalog;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it lies in the log: exactly the bytes that were written, read into an object only
 * when asked.
 */
public final class StoredEvent {

  private final long position;
  private final String eventId;
  private final @Nullable String aggregateType;
  private final String aggregateId;
  private final long sequence;
  private final String name;
  private final @Nullable String revision;
  private final String recordedAt;
  private final byte[] payload;
  private final byte @Nullable [] metadata;
  private final EventSerializer serializer;
  private volatile @Nullable Object event;

  StoredEvent(
      long position,
      String eventId,
      @Nullable String aggregateType,
      String aggregateId,
      long sequence,
      String name,
      @Nullable String revision,
      String recordedAt,
      byte[] payload,
      byte @Nullable [] metadata,
      EventSerializer serializer) {
    this.position = position;
    this.eventId = eventId;
    this.aggregateType = aggregateType;
    this.aggregateId = aggregateId;
    this.sequence = sequence;
    this.name = name;
    this.revision = revision;
    this.recordedAt = recordedAt;
    this.payload = payload;
    this.metadata = metadata;
    this.serializer = serializer;
  }

  /** Its place in the log; grows in the order of the commits. */
  public long position() {
    return position;
  }

  /** The event's own id. */
  public String eventId() {
    return eventId;
  }

  /** The kind of its stream; null for a stream without an aggregate. */
  public @Nullable String aggregateType() {
    return aggregateType;
  }

  /** The stream that it belongs to. */
  public String aggregateId() {
    return aggregateId;
  }

  /** Its place in that stream, from 0. */
  public long sequence() {
    return sequence;
  }

  /** The stable name of its type; see {@link EventCatalog}. */
  public String name() {
    return name;
  }

  /** The revision of its type's shape; null for the first. */
  public @Nullable String revision() {
    return revision;
  }

  /** When the node that wrote it did so, by that node's clock: RFC 3339, as stored. */
  public String recordedAtText() {
    return recordedAt;
  }

  /** When the node that wrote it did so, by that node's clock. */
  public Instant recordedAt() {
    return Instant.parse(recordedAt);
  }

  /** The stored bytes of the payload; not a copy. */
  public byte[] payload() {
    return payload;
  }

  /** The stored bytes of the metadata; not a copy. Null when a row has none, as none of ours. */
  public byte @Nullable [] metadata() {
    return metadata;
  }

  /** The metadata: tenant, actor, trace. */
  public Map<String, String> readMetadata() {
    return metadata == null ? Map.of() : serializer.readMetadata(metadata);
  }

  /**
   * The event.
   *
   * @throws RuntimeException when the stored bytes are none of its type
   */
  public Object event() {
    Object read = event;
    if (read == null) {
      read = serializer.readEvent(name, revision, payload);
      event = read;
    }
    return read;
  }

  @Override
  public String toString() {
    return name + " at " + position + " of " + aggregateId;
  }
}
