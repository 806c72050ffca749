package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A tenant that has something of every kind.
 *
 * @param ids by kind: {@code endpoint}, {@code run}, {@code ping key}, …
 * @param secrets what its machine and its newcomers, by the same kinds, show who they are with
 */
record Furnished(Map<String, String> ids, Map<String, String> secrets) {

  private static final int CREATED = 201;

  /**
   * Gives a tenant what it has.
   *
   * @param word in all names and texts
   */
  static Furnished of(ApiClient owner, String word) {
    JsonNode enrollment =
        made(owner, "/api/enrollment-tokens", Map.of("name", word, "max_uses", 1_000));
    String enroll = enrollment.path("token").asString();
    JsonNode endpoint = enrolled(owner.as(enroll), word);
    ApiClient machine = owner.as(endpoint.path("token").asString());
    String run = UUID.nameUUIDFromBytes(word.getBytes(StandardCharsets.UTF_8)).toString();
    made(
        machine,
        "/api/checkins",
        Map.of("job_name", "backup", "run_id", run, "exit_code", 1, "output", word));
    JsonNode service =
        made(
            owner,
            "/api/users",
            Map.of("kind", "service", "username", "robot-" + word, "role", "viewer"));
    String user = service.path("id").asString();
    JsonNode token =
        made(
            owner,
            "/api/tokens",
            Map.of("name", word, "scopes", List.of("read:runs"), "user_id", user));
    JsonNode invitation =
        made(
            owner,
            "/api/invitations",
            Map.of("email", word + "@example.org", "role", "viewer", "expires_in_days", 1));
    JsonNode key = made(owner, "/api/ping-keys", Map.of("job_name", "pinged-" + word));
    String pinged =
        UUID.nameUUIDFromBytes((word + " ping").getBytes(StandardCharsets.UTF_8)).toString();
    ApiClient.Answer ping =
        owner.as("").get("/ping/" + key.path("key").asString() + "?rid=" + pinged);
    assertThat(ping.status()).as(ping.body()).isEqualTo(200);
    return new Furnished(
        Map.ofEntries(
            Map.entry("endpoint", endpoint.path("endpoint_id").asString()),
            Map.entry("enrollment token", enrollment.path("id").asString()),
            Map.entry("invitation", invitation.path("id").asString()),
            Map.entry("ping key", key.path("id").asString()),
            Map.entry("pinged run", pinged),
            Map.entry("run", run),
            Map.entry("session", otherSession(owner)),
            Map.entry("tenant", owner.get("/api/auth/me").json().path("tenant_id").asString()),
            Map.entry("token", token.path("id").asString()),
            Map.entry("user", user),
            Map.entry("user code", userCode(owner.as("")))),
        Map.of(
            "endpoint", machine.token(),
            "enrollment token", enroll,
            "ping key", key.path("key").asString()));
  }

  private static JsonNode enrolled(ApiClient newcomer, String word) {
    return made(
        newcomer,
        "/api/endpoints/enroll",
        Map.of(
            "name",
            "host-" + word,
            "hostname",
            word,
            "machine_id",
            "machine-" + word,
            "platform",
            "linux",
            "version",
            "1",
            "labels",
            Map.of("note", word)));
  }

  /** A login of the same user that is not the one that asks. */
  private static String otherSession(ApiClient user) {
    return StreamSupport.stream(
            user.get("/api/auth/sessions").json().path("sessions").spliterator(), false)
        .filter(session -> !session.path("current").asBoolean())
        .map(session -> session.path("id").asString())
        .findFirst()
        .orElseThrow(() -> new AssertionError("the user has logged in only once"));
  }

  /** What a program shows that waits to be let in. */
  private static String userCode(ApiClient nobody) {
    return nobody
        .post(
            "/api/auth/device",
            "application/x-www-form-urlencoded",
            "client_id=test".getBytes(StandardCharsets.US_ASCII))
        .json()
        .path("user_code")
        .asString();
  }

  private static JsonNode made(ApiClient maker, String path, Map<String, ?> what) {
    ApiClient.Answer answer = maker.post(path, what);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(CREATED);
    return answer.json();
  }
}
