package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.command.endpoint.heartbeat.SignOfLife.Said;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.StoredText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the heartbeats of one endpoint, straight from their bytes. What an agent said last time is
 * not allocated again. For one thread at a time.
 */
final class HeartbeatReader {

  static final int MOST_CHARACTERS = 253;
  private static final JsonFactory JSON = new JsonFactory();

  private final String tenantId;
  private final UUID endpointId;
  private Said said = Said.NOTHING;

  HeartbeatReader(String tenantId, UUID endpointId) {
    this.tenantId = tenantId;
    this.endpointId = endpointId;
  }

  String tenantId() {
    return tenantId;
  }

  UUID endpointId() {
    return endpointId;
  }

  /**
   * Reads a heartbeat.
   *
   * @throws BadHeartbeat when it is none
   */
  SignOfLife read(byte[] bytes, int offset, int length, long receivedAt) throws BadHeartbeat {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      return read(json, receivedAt);
    } catch (JacksonException e) {
      throw new BadHeartbeat("", "is not JSON");
    }
  }

  private SignOfLife read(JsonParser json, long receivedAt) throws BadHeartbeat {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new BadHeartbeat("", "must be an object");
    }
    long sentAt = receivedAt;
    @Nullable Long spoolDepth = null;
    @Nullable String version = null;
    @Nullable String scheduler = null;
    @Nullable String commit = null;
    @Nullable Boolean alive = null;
    String name = json.nextName();
    while (name != null) {
      JsonToken value = json.nextToken();
      if (value != JsonToken.VALUE_NULL) {
        switch (name) {
          case "sent_at" -> sentAt = time(json, value);
          case "version" -> version = text(json, value, "/version", said.version());
          case "scheduler" -> scheduler = text(json, value, "/scheduler", said.scheduler());
          case "applied_commit" ->
              commit = text(json, value, "/applied_commit", said.appliedCommit());
          case "scheduler_alive" -> alive = truth(value);
          case "spool_depth" -> spoolDepth = count(json, value);
          default -> json.skipChildren();
        }
      }
      name = json.nextName();
    }
    if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw new BadHeartbeat("", "must be one object");
    }
    Said now = new Said(version, scheduler, alive, commit);
    if (!now.equals(said)) {
      said = now;
    }
    return new SignOfLife(tenantId, endpointId, sentAt, receivedAt, said, spoolDepth);
  }

  private static @Nullable String text(
      JsonParser json, JsonToken token, String pointer, @Nullable String before)
      throws BadHeartbeat {
    if (token != JsonToken.VALUE_STRING) {
      throw new BadHeartbeat(pointer, "must be a text");
    }
    char[] characters = json.getStringCharacters();
    int from = json.getStringOffset();
    int length = json.getStringLength();
    if (before != null && same(before, characters, from, length)) {
      return before;
    }
    if (length > MOST_CHARACTERS) {
      throw new BadHeartbeat(pointer, "is longer than " + MOST_CHARACTERS + " characters");
    }
    String text = new String(characters, from, length);
    if (!StoredText.isPlain(text)) {
      throw new BadHeartbeat(pointer, "has a control character, or half of a surrogate pair");
    }
    return text;
  }

  private static boolean same(String before, char[] characters, int from, int length) {
    if (before.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (before.charAt(i) != characters[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static Boolean truth(JsonToken token) throws BadHeartbeat {
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw new BadHeartbeat("/scheduler_alive", "must be true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static long count(JsonParser json, JsonToken token) throws BadHeartbeat {
    long count = token == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
    if (count < 0 || count == Long.MAX_VALUE) {
      throw new BadHeartbeat("/spool_depth", "must be a count");
    }
    return count;
  }

  private static long time(JsonParser json, JsonToken token) throws BadHeartbeat {
    if (token != JsonToken.VALUE_STRING) {
      throw new BadHeartbeat("/sent_at", "must be a time");
    }
    long fast =
        UtcTime.parse(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    try {
      Instant time =
          fast == UtcTime.UNUSUAL
              ? OffsetDateTime.parse(json.getString()).toInstant()
              : Instant.ofEpochMilli(fast);
      if (!RequestCheck.isTime(time)) {
        throw new BadHeartbeat("/sent_at", "must be between 1970 and 2200");
      }
      return time.toEpochMilli();
    } catch (DateTimeException e) {
      throw new BadHeartbeat("/sent_at", "must be a time (RFC 3339)");
    }
  }
}
