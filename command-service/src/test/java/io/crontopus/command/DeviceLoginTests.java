package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.command.TestPlatform.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Programs that are let in from a browser, whichever of two nodes somebody asks. */
interface DeviceLoginTests {

  String GRANT =
      "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=test&device_code=";

  TestPlatform platform();

  TestPlatform other();

  @Test
  default void aProgramIsLetInOnceByWhoeverIsLoggedIn() throws Exception {
    JsonNode asked = ask(platform());
    assertThat(asked.path("user_code").asString()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[A-Z]{4}");
    assertThat(asked.path("verification_uri").asString()).isEqualTo("http://127.0.0.1/device");
    assertThat(asked.path("verification_uri_complete").asString())
        .isEqualTo("http://127.0.0.1/device?user_code=" + code(asked));
    assertThat(asked.path("expires_in").asInt()).isEqualTo(600);
    assertThat(asked.path("interval").asInt()).isEqualTo(5);
    assertThat(error(other(), asked)).isEqualTo("authorization_pending");

    String owner = person("device-owner");
    String typed = code(asked).toLowerCase(Locale.ROOT).replace("-", " ");
    Answer shown = decide(other(), "show", owner, typed);
    assertThat(shown.body().path("client").asString()).isEqualTo("laptop");
    assertThat(shown.body().path("address").asString()).isEqualTo("127.0.0.1");
    assertThat(decide(other(), "approve", owner, typed).status()).isEqualTo(204);
    assertThat(decide(platform(), "deny", owner, typed).status()).isEqualTo(404);

    waited(asked);
    Answer tokens = poll(platform(), asked);
    assertThat(tokens.status()).isEqualTo(200);
    String access = tokens.body().path("access_token").asString();
    assertThat(other().get("/api/auth/me", access).body().path("username").asString())
        .isEqualTo("device-owner");
    assertThat(other().get("/api/auth/sessions", access).body().path("sessions").size())
        .isEqualTo(2);
    assertThat(error(other(), asked)).isEqualTo("invalid_grant");
    assertThat(platform().events("login.device-approved"))
        .filteredOn(event -> event.path("client").asString().equals("laptop"))
        .isNotEmpty()
        .allMatch(event -> !event.toString().contains(code(asked)));
    assertThat(stored()).noneMatch(row -> row.containsValue(asked.path("device_code").asString()));
  }

  @Test
  default void ofManyWhoComeWithOneCodeOneGetsIn() throws Exception {
    JsonNode asked = ask(platform());
    decide(platform(), "approve", person("device-race"), code(asked));
    // Each as if it had waited: what holds them back here must not be the pace.
    platform().jdbc().sql("UPDATE identity.device_login SET poll_seconds = 0").update();
    Callable<Answer> poll = () -> poll(other(), asked);
    List<Answer> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          threads.invokeAll(Collections.nCopies(8, poll)).stream().map(Future::resultNow).toList();
    }
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers).extracting(Answer::status).containsOnly(200, 400);
  }

  @Test
  default void whoIsRefusedOrLateOrHastyIsTold() throws Exception {
    String owner = person("device-denier");
    JsonNode asked = ask(platform());
    assertThat(error(platform(), asked)).isEqualTo("authorization_pending");
    assertThat(error(other(), asked)).isEqualTo("slow_down");
    assertThat(decide(platform(), "deny", owner, code(asked)).status()).isEqualTo(204);
    waited(asked);
    assertThat(error(platform(), asked)).isEqualTo("access_denied");
    assertThat(platform().events("login.device-denied")).isNotEmpty();

    JsonNode late = ask(platform());
    platform()
        .jdbc()
        .sql("UPDATE identity.device_login SET expires_at = now() WHERE decision IS NULL")
        .update();
    assertThat(decide(platform(), "approve", owner, code(late)).status()).isEqualTo(404);
    assertThat(error(platform(), late)).isEqualTo("expired_token");

    assertThat(form(platform(), "/token", GRANT + "ctd_unknown").body().path("error").asString())
        .isEqualTo("invalid_grant");
    assertThat(form(platform(), "/token", "grant_type=password").body().path("error").asString())
        .isEqualTo("unsupported_grant_type");
    assertThat(form(platform(), "/token", "").body().path("error").asString())
        .isEqualTo("invalid_request");
    assertThat(form(platform(), "", "device_name=x").body().path("error").asString())
        .isEqualTo("invalid_request");
  }

  @Test
  default void onlyALoginLetsSomebodyIn() throws Exception {
    String owner = person("device-tokens");
    String token =
        platform()
            .post("/api/tokens", owner, "{\"name\": \"ci\", \"scopes\": [\"admin:*\"]}")
            .body()
            .path("token")
            .asString();
    JsonNode asked = ask(platform());
    assertThat(decide(platform(), "show", token, code(asked)).status()).isEqualTo(403);
    assertThat(decide(platform(), "approve", token, code(asked)).status()).isEqualTo(403);
    assertThat(platform().post("/api/auth/device/approve", null, "{}").status()).isEqualTo(401);
  }

  @Test
  default void whatIsApprovedEndsWithTheSessions() throws Exception {
    String owner = person("device-ends");
    JsonNode asked = ask(platform());
    decide(platform(), "approve", owner, code(asked));
    String change = "{\"current\": \"%s\", \"new\": \"another long one\"}".formatted(PASSWORD);
    assertThat(other().post("/api/auth/password", owner, change).status()).isEqualTo(204);
    assertThat(error(platform(), asked)).isEqualTo("invalid_grant");
  }

  @Test
  default void guessingCodesIsSlowedDown() throws Exception {
    String owner = person("device-guesser");
    for (int i = 0; i < 5; i++) {
      assertThat(decide(platform(), "show", owner, "BCDF-GHJ" + "KLMNP".charAt(i)).status())
          .isEqualTo(404);
    }
    assertThat(decide(platform(), "approve", owner, code(ask(platform()))).status()).isEqualTo(429);
  }

  private String person(String name) throws Exception {
    return platform().owner(name);
  }

  private static String code(JsonNode asked) {
    return asked.path("user_code").asString();
  }

  private static JsonNode ask(TestPlatform node) throws Exception {
    Answer asked = form(node, "", "client_id=test&device_name=laptop");
    assertThat(asked.status()).isEqualTo(200);
    return asked.body();
  }

  private static Answer poll(TestPlatform node, JsonNode asked) throws Exception {
    return form(node, "/token", GRANT + asked.path("device_code").asString());
  }

  private static String error(TestPlatform node, JsonNode asked) throws Exception {
    Answer answer = poll(node, asked);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/json");
    return answer.body().path("error").asString();
  }

  private static Answer form(TestPlatform node, String path, String form) throws Exception {
    return node.postForm("/api/auth/device" + path, form);
  }

  private static Answer decide(TestPlatform node, String what, String token, String code)
      throws Exception {
    return node.post("/api/auth/device/" + what, token, "{\"user_code\": \"" + code + "\"}");
  }

  /** As if the program had waited as long as it was told to. */
  private void waited(JsonNode asked) {
    platform().jdbc().sql("UPDATE identity.device_login SET polled_at = NULL").update();
    assertThat(asked.path("interval").asInt()).isPositive();
  }

  private List<Map<String, @Nullable Object>> stored() {
    return platform().jdbc().sql("SELECT * FROM identity.device_login").query().listOfRows();
  }
}
