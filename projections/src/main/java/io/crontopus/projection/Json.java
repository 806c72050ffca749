package io.crontopus.projection;

import tools.jackson.databind.json.JsonMapper;

/** Values as the read model's {@code jsonb} columns hold them. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** The value as JSON. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
