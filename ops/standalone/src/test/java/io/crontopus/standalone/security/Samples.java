package io.crontopus.standalone.security;

import io.crontopus.standalone.security.Routes.Field;
import io.crontopus.standalone.security.Routes.Route;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests as the routes want them, about what one tenant has. What nothing is known of fails here:
 * a request that is refused for its form would hide what a right one can do.
 */
final class Samples {

  private static final String MANIFEST =
      """
      apiVersion: v1
      kind: Job
      metadata:
        name: backup
      spec:
        schedule: "0 2 * * *"
        command: "true"
      """;

  /** What the last variable of a path that begins so is the id of. */
  private static final Map<String, String> KINDS =
      Map.of(
          "/api/admin/tenants/", "tenant",
          "/api/auth/sessions/", "session",
          "/api/endpoints/", "endpoint",
          "/api/enrollment-tokens/", "enrollment token",
          "/api/invitations/", "invitation",
          "/api/ping-keys/", "ping key",
          "/api/runs/", "run",
          "/api/tokens/", "token",
          "/api/users/", "user");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, String> ids;
  private final String password;

  private record Content(String type, String text) {

    static final Content NONE = new Content("", "");

    static Content form(String text) {
      return new Content("application/x-www-form-urlencoded", text);
    }
  }

  /**
   * Requests about these.
   *
   * @param ids of what a tenant has, by kind
   * @param password of whoever owns it
   */
  Samples(Map<String, String> ids, String password) {
    this.ids = Map.copyOf(ids);
    this.password = password;
  }

  /** The whole request. */
  byte[] request(Route route, String query, String credential) {
    Content content = content(route);
    byte[] body = content.text().getBytes(StandardCharsets.UTF_8);
    String head =
        route.method()
            + " "
            + path(route)
            + query
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + (credential.isEmpty() ? "" : "Authorization: Bearer " + credential + "\r\n")
            + (content.type().isEmpty() ? "" : "Content-Type: " + content.type() + "\r\n")
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** All of a route's query parameters that can be given together; empty when there are none. */
  String query(Route route) {
    StringBuilder query = new StringBuilder();
    for (String name : route.query()) {
      String value = parameter(name);
      if (!value.isEmpty()) {
        query
            .append(query.isEmpty() ? "?" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  /** The value of a query parameter; empty for those that would leave out what is there. */
  String parameter(String name) {
    return switch (name) {
      case "as_of" -> Instant.now().toString();
      case "endpoint_id" -> id("endpoint");
      case "first" -> "1";
      case "from" -> "2024-01-01T00:00:00Z";
      case "from_seq", "last_event_id", "seq" -> "0";
      case "include" -> "output";
      case "job" -> "backup";
      case "limit" -> "10";
      case "namespace" -> "default";
      case "path" -> "default/backup.yaml";
      case "reason" -> "a walk";
      case "return_to" -> "/";
      case "subject" -> "run:" + id("run");
      case "tenant" -> id("tenant");
      case "to" -> "2032-01-01T00:00:00Z";
      case "topics" -> "runs,endpoints,jobs";
      default -> "";
    };
  }

  /** The value of a variable of a path, with its braces. */
  String variable(Route route, String variable) {
    return switch (variable) {
      case "{namespace}" -> "default";
      case "{name}" -> route.path().startsWith("/api/admin/") ? "runs" : "backup";
      case "{provider}" -> "house";
      case "{seq}" -> "1";
      case "{id}" ->
          route.path().contains("/dead-letters/")
              ? "1"
              : KINDS.entrySet().stream()
                  .filter(kind -> route.path().startsWith(kind.getKey()))
                  .map(kind -> id(kind.getValue()))
                  .findFirst()
                  .orElseThrow(() -> new AssertionError("whose id is in " + route + "?"));
      default -> throw new AssertionError("no value for " + variable + " of " + route);
    };
  }

  /** A body's field as JSON. */
  String json(Route route, Field field) {
    return JSON.writeValueAsString(value(route, field));
  }

  private String path(Route route) {
    StringBuilder path = new StringBuilder();
    for (String part : route.path().substring(1).split("/", -1)) {
      path.append('/').append(part.startsWith("{") ? variable(route, part) : part);
    }
    return path.toString();
  }

  private Content content(Route route) {
    return switch (route.path()) {
      case "/api/auth/login" -> Content.form("username=mallory&password=none");
      case "/api/auth/device" -> Content.form("client_id=walk");
      case "/api/auth/device/token" ->
          Content.form(
              "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=none");
      case "/api/endpoints/{id}/heartbeats" -> new Content("application/x-ndjson", "{}\n");
      case "/api/manifests/validate" -> new Content("application/yaml", MANIFEST);
      default ->
          route.fields().isEmpty()
              ? Content.NONE
              : new Content(
                  "application/json", JSON.writeValueAsString(object(route, route.fields())));
    };
  }

  private Map<String, Object> object(Route route, List<Field> fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    fields.forEach(field -> object.put(field.name(), value(route, field)));
    return object;
  }

  private Object value(Route route, Field field) {
    if (!field.fields().isEmpty()) {
      Map<String, Object> object = object(route, field.fields());
      return field.list() ? List.of(object) : object;
    }
    return switch (field.name()) {
      case "at_once", "output_truncated" -> false;
      case "commit", "applied_commit" -> "0123456789abcdef";
      case "confirm" -> id("tenant");
      case "current", "password" -> password;
      case "duration" -> 1.5;
      // An author of the one tenant's commits, who is nobody's user.
      case "email" ->
          route.path().equals("/api/people/forget")
              ? "test@crontopus.invalid"
              : "somebody@example.org";
      case "endpoint_id" -> id("endpoint");
      case "exit_code", "spool_depth" -> 0;
      case "expires_in_days", "max_uses" -> 1;
      case "finished_at", "observed_at", "sent_at", "started_at" -> Instant.now().toString();
      case "invitation_id" -> id("invitation");
      case "job_id" -> "default/backup";
      case "job_name", "name" -> "backup";
      case "kind" -> "service";
      case "labels" -> Map.of("note", "none");
      case "namespace" -> "default";
      case "new" -> "another horse battery staple";
      case "path" -> "default/backup.yaml";
      case "platform" -> "linux";
      case "role" -> "viewer";
      case "run_id" -> id("run");
      case "schedule" -> List.of("0 2 * * *");
      case "scheduler_alive" -> true;
      case "scopes" -> List.of("read:runs");
      case "state" -> "in_sync";
      case "status" -> "success";
      case "timezone" -> "UTC";
      case "user_code" -> id("user code");
      case "user_id" -> id("user");
      // Taken already: a registration makes no further tenant.
      case "username" -> route.path().equals("/api/auth/register") ? "mallory" : "newcomer";
      case "error_message", "hostname", "machine_id", "message", "output", "reason", "scheduler" ->
          "another";
      case "code", "refresh_token", "slug", "to", "token", "version" -> "none";
      default -> throw new AssertionError("no value for the field " + field + " of " + route);
    };
  }

  private String id(String kind) {
    return Objects.requireNonNull(ids.get(kind), kind);
  }
}
