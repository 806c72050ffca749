package io.crontopus.projection.audit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Whose event it is, who caused it and what it is about, taken from its metadata without building
 * anything.
 *
 * @param subject as {@code run:<id>}: the aggregate without its tenant; for an event without an
 *     aggregate, what its payload names; {@code platform} when it names nothing
 */
record EventOrigin(String tenantId, String actor, String subject) {

  /** The log of events that are no tenant's: what happens to the platform itself. */
  static final String NOBODY = "-";

  private static final String PLATFORM = "platform";
  private static final JsonFactory JSON = new JsonFactory();

  static EventOrigin of(byte @Nullable [] metadata, byte[] payload, String aggregateId) {
    String tenant = field(metadata, "tenantId");
    if (tenant.isEmpty()) {
      tenant = field(payload, "tenantId");
    }
    String actor = field(metadata, "actor");
    return new EventOrigin(
        tenant.isEmpty() ? NOBODY : clean(tenant),
        clean(actor),
        clean(subject(aggregateId, payload)));
  }

  private static String subject(String aggregateId, byte[] payload) {
    int kind = aggregateId.indexOf(':');
    if (kind > 0) {
      int tenant = aggregateId.indexOf(':', kind + 1);
      return tenant < 0
          ? aggregateId
          : aggregateId.substring(0, kind) + aggregateId.substring(tenant);
    }
    String token = field(payload, "tokenId");
    if (!token.isEmpty()) {
      return "token:" + token;
    }
    String user = field(payload, "userId");
    if (!user.isEmpty()) {
      return "user:" + user;
    }
    String projection = field(payload, "projection");
    if (!projection.isEmpty()) {
      return "projection:" + projection;
    }
    String tenant = field(payload, "tenantId");
    if (tenant.isEmpty()) {
      tenant = field(payload, "tenant");
    }
    return tenant.isEmpty() ? PLATFORM : "tenant:" + tenant;
  }

  /** A text of the object; empty when there is none, or when it is no JSON at all. */
  private static String field(byte @Nullable [] json, String name) {
    if (json == null) {
      return "";
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = name.equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? parser.getString() : "";
        }
        parser.skipChildren();
      }
      return "";
    } catch (JacksonException e) {
      return "";
    }
  }

  /** PostgreSQL's texts have no NUL. */
  private static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
  }
}
