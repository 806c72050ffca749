package io.crontopus.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written in a JWT, as anybody can read it. */
final class Jwt {

  private Jwt() {}

  static JsonNode header(String jwt) {
    return part(jwt, 0);
  }

  static JsonNode claims(String jwt) {
    return part(jwt, 1);
  }

  private static JsonNode part(String jwt, int index) {
    byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]);
    return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
  }
}
