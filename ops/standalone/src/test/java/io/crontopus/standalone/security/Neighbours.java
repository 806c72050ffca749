package io.crontopus.standalone.security;

import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.GitClient;
import io.crontopus.standalone.harness.PlatformProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Two tenants of one platform. One has something of every kind, and a word in all of it that nobody
 * else can know; the other one has a credential of every kind.
 */
final class Neighbours {

  /** In names, outputs, labels, messages of the one; never in a request of the other. */
  static final String SECRET = "zq7x9k";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String JOB =
      """
      apiVersion: v1
      kind: Job
      metadata:
        name: %s
        labels: {note: %s}
      spec:
        schedule: "0 2 * * *"
        command: echo %s
      """;

  private final PlatformProcess platform;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final Map<String, String> credentials = new LinkedHashMap<>();

  Neighbours(PlatformProcess platform, Path folder) {
    this.platform = platform;
    fill(platform.api(), folder);
    arm();
  }

  /** The ids of what the one has, by kind: {@code endpoint}, {@code run}, {@code token}, … */
  Map<String, String> ids() {
    return ids;
  }

  /** The other one's credentials, by kind; one is empty and one is none of ours. */
  Map<String, String> credentials() {
    return credentials;
  }

  /** Everything that the one can see of its own: what the other one does must not change it. */
  List<JsonNode> belongings() {
    ApiClient owner = platform.api();
    return List.of(
        owner.get("/api/endpoints").json().path("endpoints"),
        owner.get("/api/endpoints/" + ids.get("endpoint")).json().path("name"),
        owner.get("/api/jobs").json().path("jobs"),
        owner.get("/api/runs").json().path("runs"),
        owner.get("/api/enrollment-tokens").json().path("enrollment_tokens"),
        owner.get("/api/commits").json().path("commits"));
  }

  private void fill(ApiClient owner, Path folder) {
    GitClient.clone(platform.repository(), platform.credential("token"), folder)
        .add("default/backup.yaml", JOB.formatted("backup", SECRET, SECRET))
        .add("default/hidden.yaml", JOB.formatted("hidden-" + SECRET, "a", "b"))
        .push("About " + SECRET);
    JsonNode enrollment =
        owner.post("/api/enrollment-tokens", Map.of("name", SECRET, "max_uses", 5)).json();
    JsonNode endpoint =
        owner
            .as(enrollment.path("token").asString())
            .post(
                "/api/endpoints/enroll",
                Map.of(
                    "name",
                    "host-" + SECRET,
                    "hostname",
                    SECRET,
                    "machine_id",
                    "machine-" + SECRET,
                    "platform",
                    "linux",
                    "version",
                    "1",
                    "labels",
                    Map.of("note", SECRET)))
            .json();
    ApiClient machine = owner.as(endpoint.path("token").asString());
    machine.post(
        "/api/checkins",
        Map.of("job_name", "backup", "run_id", "run-1", "exit_code", 1, "output", SECRET));
    JsonNode token =
        owner.post("/api/tokens", Map.of("name", SECRET, "scopes", List.of("read:runs"))).json();
    ids.put("endpoint", endpoint.path("endpoint_id").asString());
    ids.put("enrollment", enrollment.path("id").asString());
    ids.put("token", token.path("id").asString());
    ids.put("run", "run-1");
    ids.put("user", owner.get("/api/auth/me").json().path("id").asString());
    ids.put("tenant", owner.get("/api/auth/me").json().path("tenant_id").asString());
    await("everything is listed")
        .atMost(PATIENCE)
        .until(
            () ->
                owner.get("/api/jobs").json().path("jobs").size() == 2
                    && owner.get("/api/runs").json().path("runs").size() == 1
                    && owner.get("/api/endpoints").json().path("endpoints").size() == 1);
  }

  private void arm() {
    ApiClient nobody = new ApiClient(platform.url(), "");
    String password = "correct horse battery staple";
    nobody.post(
        "/api/auth/register",
        Map.of("username", "mallory", "email", "mallory@example.org", "password", password));
    String form =
        "username=mallory&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
    String user =
        nobody
            .post(
                "/api/auth/login",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.US_ASCII))
            .json()
            .path("access_token")
            .asString();
    ApiClient mallory = nobody.as(user);
    String enrollment =
        mallory
            .post("/api/enrollment-tokens", Map.of("name", "mine", "max_uses", 1_000))
            .json()
            .path("token")
            .asString();
    credentials.put("user", user);
    credentials.put(
        "API token",
        mallory
            .post("/api/tokens", Map.of("name", "mine", "scopes", List.of("admin:*")))
            .json()
            .path("token")
            .asString());
    credentials.put("enrollment token", enrollment);
    credentials.put(
        "endpoint",
        nobody
            .as(enrollment)
            .post(
                "/api/endpoints/enroll",
                Map.of(
                    "name", "own",
                    "hostname", "own",
                    "machine_id", "own",
                    "platform", "linux",
                    "version", "1"))
            .json()
            .path("token")
            .asString());
    credentials.put("nothing", "");
    credentials.put("noise", "ctp_noise");
    credentials.forEach(
        (kind, credential) -> {
          if (!kind.equals("nothing") && credential.isEmpty()) {
            throw new AssertionError("no credential of kind " + kind);
          }
        });
  }
}
