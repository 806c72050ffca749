package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
  private final ApiClient owner;
  private final ApiClient reader;
  private final Furnished one;
  private final Furnished other;
  private final Map<String, String> credentials = new LinkedHashMap<>();

  Neighbours(PlatformProcess platform, Path folder) {
    this.platform = platform;
    this.owner = platform.owner();
    GitClient.clone(platform.repository(), platform.credential("token"), folder)
        .add("default/backup.yaml", JOB.formatted("backup", SECRET, SECRET))
        .add("default/hidden.yaml", JOB.formatted("hidden-" + SECRET, "a", "b"))
        .push("About " + SECRET);
    this.one = Furnished.of(owner, SECRET);
    this.reader = reader();
    this.other = arm();
  }

  /** The ids of what the one has, by kind: {@code endpoint}, {@code run}, {@code token}, … */
  Map<String, String> ids() {
    return one.ids();
  }

  /** Who owns the one, logged in. */
  ApiClient owner() {
    return owner;
  }

  /** What a machine or a newcomer of the one shows who it is with, by kind. */
  String secret(String kind) {
    return Objects.requireNonNull(one.secrets().get(kind), kind);
  }

  /** The ids of what the other one has, by the same kinds. */
  Map<String, String> others() {
    return other.ids();
  }

  /**
   * The other one's credentials, by kind; one is empty, one is none of ours, and two are good for
   * something else than requests.
   */
  Map<String, String> credentials() {
    return credentials;
  }

  /** Everything that the one can see of its own: what the other one does must not change it. */
  Map<String, List<String>> belongings() {
    Map<String, List<String>> belongings = new TreeMap<>();
    for (String kind :
        List.of(
            "endpoints",
            "jobs",
            "runs",
            "commits",
            "enrollment-tokens",
            "users",
            "tokens",
            "invitations",
            "ping-keys")) {
      belongings.put(
          kind,
          rows("/api/" + kind, kind.replace('-', '_'))
              .map(row -> row.toString().replaceAll(",\"last_used_at\":(\"[^\"]*\"|null)", ""))
              .toList());
    }
    // What the platform notes by itself, as that an endpoint is silent, comes when it comes.
    belongings.put(
        "audit",
        rows("/api/audit?limit=1000", "events")
            .filter(event -> !event.path("actor").asString().equals("system"))
            .map(event -> event.path("seq") + " " + event.path("type") + " " + event.path("actor"))
            .toList());
    belongings.forEach((kind, rows) -> assertThat(rows).as(kind).isNotEmpty());
    return belongings;
  }

  private Stream<JsonNode> rows(String path, String field) {
    return StreamSupport.stream(reader.get(path).json().path(field).spliterator(), false);
  }

  /** A token that sees all that the one has, made when all of that is listed. */
  private ApiClient reader() {
    await("everything is listed")
        .atMost(PATIENCE)
        .until(
            () ->
                owner.get("/api/jobs").json().path("jobs").size() == 2
                    && owner.get("/api/commits").body().contains("About " + SECRET)
                    && owner.get("/api/runs").json().path("runs").size() == 2
                    && owner.get("/api/endpoints").json().path("endpoints").size() == 1);
    JsonNode token =
        owner
            .post("/api/tokens", Map.of("name", SECRET + " reads", "scopes", List.of("admin:*")))
            .json();
    String id = token.path("id").asString();
    await("it is the last thing in the audit log")
        .atMost(PATIENCE)
        .until(() -> owner.get("/api/audit?limit=1").body().contains(id));
    return owner.as(token.path("token").asString());
  }

  private Furnished arm() {
    ApiClient nobody = new ApiClient(platform.url(), "");
    String password = "correct horse battery staple";
    nobody.post(
        "/api/auth/register",
        Map.of("username", "mallory", "email", "mallory@example.org", "password", password));
    JsonNode login = logIn(nobody, password);
    ApiClient mallory = nobody.as(logIn(nobody, password).path("access_token").asString());
    Furnished furnished = Furnished.of(mallory, "mine");
    credentials.put("user", mallory.token());
    credentials.put(
        "API token",
        issued(mallory, "/api/tokens", Map.of("name", "mine", "scopes", List.of("admin:*"))));
    // Not the one whose id is known: that one may be revoked.
    credentials.put(
        "enrollment token", issued(mallory, "/api/enrollment-tokens", Map.of("name", "another")));
    for (String kind : List.of("endpoint", "ping key")) {
      credentials.put(kind, Objects.requireNonNull(furnished.secrets().get(kind), kind));
    }
    credentials.put("refresh token", login.path("refresh_token").asString());
    credentials.put("nothing", "");
    credentials.put("noise", "ctp_noise");
    credentials.forEach(
        (kind, credential) -> {
          if (!kind.equals("nothing") && credential.isEmpty()) {
            throw new AssertionError("no credential of kind " + kind);
          }
        });
    return furnished;
  }

  private static JsonNode logIn(ApiClient nobody, String password) {
    String form =
        "username=mallory&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
    return nobody
        .post(
            "/api/auth/login",
            "application/x-www-form-urlencoded",
            form.getBytes(StandardCharsets.US_ASCII))
        .json();
  }

  private static String issued(ApiClient maker, String path, Map<String, ?> what) {
    return maker.post(path, what).json().path("token").asString();
  }
}
