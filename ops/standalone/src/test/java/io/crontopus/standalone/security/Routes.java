package io.crontopus.standalone.security;

import io.crontopus.standalone.harness.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The routes that a platform says it has, in its own description. */
final class Routes {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /**
   * A route.
   *
   * @param path with {@code {names}} for its variables
   * @param query the names of its query parameters
   * @param fields the names of its body's fields, as far as they are described
   */
  record Route(String method, String path, List<String> query, List<String> fields) {

    /** Whether its answer goes on until one of the two ends it. */
    boolean isStream() {
      return path.equals("/api/stream")
          || path.endsWith("/commands")
          || path.endsWith("/heartbeats");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private Routes() {}

  /** All of them, but those that end the session of whoever calls: others would find it ended. */
  static List<Route> of(ApiClient api) {
    JsonNode description = api.get("/openapi.json").json();
    List<Route> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey()) && !path.getKey().contains("logout")) {
          routes.add(route(path.getKey(), operation, description));
        }
      }
    }
    return routes;
  }

  private static Route route(
      String path, Map.Entry<String, JsonNode> operation, JsonNode description) {
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.getValue().path("parameters")) {
      if (parameter.path("in").asString().equals("query")) {
        query.add(parameter.path("name").asString());
      }
    }
    JsonNode schema =
        operation.getValue().path("requestBody").path("content").path("application/json");
    return new Route(
        operation.getKey().toUpperCase(Locale.ROOT),
        path,
        query,
        fields(schema.path("schema"), description));
  }

  private static List<String> fields(JsonNode schema, JsonNode description) {
    String reference = schema.path("$ref").asString("");
    JsonNode resolved = reference.startsWith("#") ? description.at(reference.substring(1)) : schema;
    return resolved.path("properties").properties().stream().map(Map.Entry::getKey).toList();
  }
}
