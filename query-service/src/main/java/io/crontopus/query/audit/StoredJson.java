package io.crontopus.query.audit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bytes that were JSON when they were written. Somebody may have changed them since. */
final class StoredJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StoredJson() {}

  /** A text of an object; empty when there is none. */
  static String text(byte @Nullable [] json, String name) {
    JsonNode tree = tree(json);
    return tree == null ? "" : tree.path(name).asString("");
  }

  /** The value; null when it is none. */
  static @Nullable JsonNode tree(byte @Nullable [] json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Writes the value digit for digit as it is stored, on one line; null when it is none. */
  static void write(byte[] json, JsonGenerator out) {
    if (isValue(json)) {
      out.writeRawValue(
          new String(json, java.nio.charset.StandardCharsets.UTF_8)
              .replace('\n', ' ')
              .replace('\r', ' '));
    } else {
      out.writeNull();
    }
  }

  private static boolean isValue(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
