package io.crontopus.eventstore;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event to be written.
 *
 * @param id its own id, time-ordered so that the index on it grows at one end
 * @param aggregateId the stream that it belongs to
 * @param sequence its place in that stream, from 0; who comes second with the same place loses
 * @param aggregateType the kind of stream; null for a stream without an aggregate
 * @param payload an event of the catalogue
 * @param metadata tenant, actor, trace
 * @param recordedAt now
 */
public record NewEvent(
    String id,
    String aggregateId,
    long sequence,
    @Nullable String aggregateType,
    Object payload,
    Map<String, String> metadata,
    Instant recordedAt) {

  /** An event that belongs to no stream. */
  public static NewEvent alone(Object payload, Map<String, String> metadata, Instant recordedAt) {
    String id = newId();
    return new NewEvent(id, id, 0, null, payload, metadata, recordedAt);
  }

  /** An id for an event. */
  public static String newId() {
    return UuidCreator.getTimeOrderedEpoch().toString();
  }
}
