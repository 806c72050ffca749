package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API that is kept here, so that a change of contract shows in review. */
final class ApiDocument {

  private static final String WRITE = "crontopus.reference.write";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ApiDocument() {}

  /** What this platform says of itself is what is kept. */
  static void requireUpToDate(ApiClient api) throws IOException {
    Path kept = Checkout.root().resolve("docs/reference/openapi.json");
    String described = JSON.writeValueAsString(sorted(api.get("/openapi.json").json())) + "\n";
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(kept, described);
    }

    assertThat(Files.readString(kept))
        .as("docs/reference/openapi.json; write it anew with -D" + WRITE + "=true")
        .isEqualTo(described);
  }

  /** In an order that does not depend on the one in which classes are found. */
  private static Object sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      // Where it was asked.
      fields.remove("servers");
      return fields;
    }
    if (node.isArray()) {
      List<Object> elements = new ArrayList<>();
      node.forEach(element -> elements.add(sorted(element)));
      return elements;
    }
    return node;
  }
}
