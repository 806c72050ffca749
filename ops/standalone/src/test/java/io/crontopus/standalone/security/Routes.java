package io.crontopus.standalone.security;

import io.crontopus.standalone.harness.ApiClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The routes that a platform says it has, in its own description. */
final class Routes {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Ends of the paths that take from others what they need; a password ends other sessions. */
  private static final List<String> LAST =
      List.of("/password", "/suspend", "/delete", "/resume", "/logout", "/logout-everywhere");

  /**
   * A field of a body.
   *
   * @param list whether it is an array
   * @param fields those of the objects in it; empty where there are none, or any
   */
  record Field(String name, boolean list, List<Field> fields) {}

  /**
   * A route.
   *
   * @param path with {@code {names}} for its variables
   * @param query the names of its query parameters
   * @param fields its body's fields, as far as they are described
   */
  record Route(String method, String path, List<String> query, List<Field> fields) {

    /** Whether its answer goes on until one of the two ends it. */
    boolean isStream() {
      return path.equals("/api/stream")
          || path.endsWith("/commands")
          || path.endsWith("/heartbeats");
    }

    private int turn() {
      for (int i = 0; i < LAST.size(); i++) {
        if (path.endsWith(LAST.get(i))) {
          return 3 + i;
        }
      }
      return switch (method) {
        case "GET" -> 0;
        case "DELETE" -> 2;
        default -> 1;
      };
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private Routes() {}

  /** All of them; those that take something away come behind those that need it. */
  static List<Route> of(ApiClient api) {
    JsonNode description = api.get("/openapi.json").json();
    List<Route> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          routes.add(route(path.getKey(), operation, description));
        }
      }
    }
    routes.sort(Comparator.comparingInt(Route::turn));
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
    JsonNode body =
        operation.getValue().path("requestBody").path("content").path("application/json");
    return new Route(
        operation.getKey().toUpperCase(Locale.ROOT),
        path,
        query,
        fields(body.path("schema"), description));
  }

  private static List<Field> fields(JsonNode schema, JsonNode description) {
    return resolved(schema, description).path("properties").properties().stream()
        .map(property -> field(property.getKey(), property.getValue(), description))
        .toList();
  }

  private static Field field(String name, JsonNode schema, JsonNode description) {
    JsonNode items = schema.path("items");
    return items.isMissingNode()
        ? new Field(name, false, fields(schema, description))
        : new Field(name, true, fields(items, description));
  }

  private static JsonNode resolved(JsonNode schema, JsonNode description) {
    String reference = schema.path("$ref").asString("");
    return reference.startsWith("#") ? description.at(reference.substring(1)) : schema;
  }
}
