package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.security.Routes.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every route that the platform describes, with every kind of credential that one tenant can have,
 * about everything that another one has: nothing is shown, and nothing changes.
 */
class RouteWalkIT {

  private static final int STREAM_QUIET_MILLIS = 400;

  /** Routes without a tenant, which say the same to everybody. */
  private static final Set<String> PUBLIC =
      Set.of("/health", "/health/ready", "/metrics", "/openapi.json");

  @TempDir Path folder;

  @Test
  void nobodySeesOrChangesAnythingOfAnotherTenant() throws IOException {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
      Neighbours neighbours = new Neighbours(platform, folder.resolve("clone"));
      List<Route> routes = Routes.of(platform.api());
      List<JsonNode> before = neighbours.belongings();
      List<String> leaks = new ArrayList<>();
      int calls = 0;
      for (Route route : routes) {
        for (Map.Entry<String, String> credential : neighbours.credentials().entrySet()) {
          for (String query : queries(route, neighbours.ids())) {
            calls++;
            RawHttp.Answer answer = call(platform, route, query, credential.getValue(), neighbours);
            judge(route, credential.getKey(), answer, leaks);
          }
        }
      }

      ApiDocument.requireUpToDate(platform.api());
      assertThat(leaks).isEmpty();
      assertThat(routes).hasSizeGreaterThan(30);
      assertThat(routes)
          .extracting(Route::toString)
          .contains(
              "POST /api/admin/tenants/{id}/suspend",
              "POST /api/admin/tenants/{id}/delete",
              "GET /api/admin/usage",
              "GET /api/admin/health");
      assertThat(platform.operator().get("/api/admin/health").json().path("tenants").path("active"))
          .hasToString("2");
      assertThat(calls).isGreaterThan(routes.size() * 6);
      assertThat(neighbours.belongings()).isEqualTo(before);
    }
  }

  private static void judge(
      Route route, String credential, RawHttp.Answer answer, List<String> leaks) {
    String what = route + " with " + credential + ": ";
    if (answer.text().contains(Neighbours.SECRET)) {
      leaks.add(what + "shows " + answer.text());
    }
    if (answer.status() == 0 || answer.status() >= 500) {
      leaks.add(what + answer.status() + " " + answer.text());
    }
    // A job's name and a place in a log are one's own too.
    boolean named =
        route.path().contains("{")
            && !route.path().startsWith("/api/jobs/")
            && !route.path().startsWith("/api/audit/");
    if (named && answer.status() < 400) {
      leaks.add(what + "was let in, " + answer.status());
    }
    boolean anonymous = credential.equals("nothing") || credential.equals("noise");
    if (anonymous
        && answer.status() < 400
        && !PUBLIC.contains(route.path())
        && !route.path().startsWith("/api/auth/")
        && !route.path().startsWith("/.well-known/")
        && !route.path().equals("/api/manifests/validate")) {
      leaks.add(what + "let anybody in, " + answer.status());
    }
  }

  /** Without parameters, and with all of them naming what the other tenant has. */
  private static List<String> queries(Route route, Map<String, String> ids) {
    if (route.query().isEmpty()) {
      return List.of("");
    }
    StringBuilder all = new StringBuilder();
    for (String name : route.query()) {
      String value =
          switch (name) {
            case "endpoint_id" -> ids.getOrDefault("endpoint", "");
            case "job" -> "backup";
            case "namespace" -> "default";
            case "subject" -> "run:run-1";
            case "tenant", "tenant_id" -> ids.getOrDefault("tenant", "");
            case "topics" -> "runs,endpoints,jobs";
            case "seq" -> "0";
            case "size", "to" -> "1";
            default -> "";
          };
      if (!value.isEmpty()) {
        all.append(all.isEmpty() ? "?" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return all.isEmpty() ? List.of("") : List.of("", all.toString());
  }

  private static RawHttp.Answer call(
      PlatformProcess platform, Route route, String query, String credential, Neighbours neighbours)
      throws IOException {
    String path = path(route, neighbours.ids()) + query;
    byte[] body = body(route, neighbours.ids());
    String head =
        route.method()
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + (credential.isEmpty() ? "" : "Authorization: Bearer " + credential + "\r\n")
            + (body.length == 0 ? "" : "Content-Type: application/json\r\n")
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] request = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
    System.arraycopy(body, 0, request, head.length(), body.length);
    try (RawHttp http = new RawHttp(platform.url())) {
      return route.isStream() ? http.send(request, STREAM_QUIET_MILLIS) : http.send(request);
    }
  }

  private static String path(Route route, Map<String, String> ids) {
    String id =
        route.path().startsWith("/api/endpoints/")
            ? ids.get("endpoint")
            : route.path().startsWith("/api/runs/")
                ? ids.get("run")
                : route.path().startsWith("/api/enrollment-tokens/")
                    ? ids.get("enrollment")
                    : route.path().startsWith("/api/users/") ? ids.get("user") : ids.get("token");
    return route
        .path()
        .replace("{namespace}", "default")
        .replace("{name}", route.path().startsWith("/api/admin/") ? "runs" : "backup")
        .replaceAll("\\{seq[^/]*}", "1")
        .replace("{provider}", "house")
        .replaceAll("\\{[^/]*}", String.valueOf(id));
  }

  private static byte[] body(Route route, Map<String, String> ids) {
    if (route.method().equals("GET") || route.method().equals("DELETE")) {
      return new byte[0];
    }
    return """
        {"job_name": "backup", "namespace": "default", "run_id": "mallorys", "endpoint_id": "%s", "exit_code": 0,
         "tenant_id": "%s", "username": "mallory", "name": "mine"}
        """
        .formatted(ids.get("endpoint"), ids.get("tenant"))
        .strip()
        .getBytes(StandardCharsets.US_ASCII);
  }
}
