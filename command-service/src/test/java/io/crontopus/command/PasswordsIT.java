package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestPlatform.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Passwords over HTTP: choosing and changing them, and not knowing them. */
class PasswordsIT {

  @TempDir static Path folder;
  private static TestPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void aPasswordThatIsEasyToGuessIsToldWhatIsWrongWithIt() throws Exception {
    Answer answer =
        platform.post(
            "/api/auth/register",
            null,
            """
            {"username": "alexandria", "email": "a@example.org", "password": "Alexandria1"}
            """);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/password");
    assertThat(answer.body().at("/errors/0/detail").asString()).contains("user name");
  }

  @Test
  void changingItEndsTheOtherSessions() throws Exception {
    String first = platform.owner("changer");
    String here = accessToken(platform.logIn("changer", PASSWORD));

    assertThat(change(here, PASSWORD, "a new and long one").status()).isEqualTo(204);

    await()
        .atMost(Duration.ofMillis(1_500))
        .untilAsserted(
            () -> assertThat(platform.get("/api/auth/me", first).status()).isEqualTo(401));
    assertThat(platform.get("/api/auth/me", here).status()).isEqualTo(200);
    assertThat(platform.logIn("changer", PASSWORD).status()).isEqualTo(401);
    assertThat(platform.logIn("changer", "a new and long one").status()).isEqualTo(200);
    String user = platform.get("/api/auth/me", here).body().path("id").asString();
    assertThat(of(user, "login.password-changed")).hasSize(1);
    assertThat(of(user, "login.sessions-ended"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.path("reason").asString()).isEqualTo("password-changed"));
  }

  @Test
  void allFaultsOfAChangeAreToldAtOnce() throws Exception {
    String token = platform.owner("careless");
    JsonNode errors = change(token, "not this one", "password1").body().path("errors");
    assertThat(errors.valueStream().map(error -> error.path("pointer").asString()))
        .containsExactlyInAnyOrder("/current", "/new", "/new");
    assertThat(change(token, PASSWORD, PASSWORD).body().at("/errors/0/pointer").asString())
        .isEqualTo("/new");
    assertThat(platform.get("/api/auth/me", token).status()).isEqualTo(200);
  }

  @Test
  void manyFailedLoginsAreOneEventAMinute() throws Exception {
    String token = platform.owner("target");
    String user = platform.get("/api/auth/me", token).body().path("id").asString();
    // As many as one address may make at one account in a minute.
    for (int i = 0; i < 5; i++) {
      assertThat(platform.logIn("target", "guess number " + i).status()).isEqualTo(401);
    }
    await()
        .untilAsserted(
            () -> {
              assertThat(of(user, "login.failed")).hasSize(1);
              assertThat(counted(user)).isEqualTo(4);
            });

    platform
        .jdbc()
        .sql(
            """
            UPDATE identity.failed_login SET reported_at = reported_at - interval '61 seconds'
            WHERE user_id = ?
            """)
        .param(user)
        .update();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(of(user, "login.failed"))
                    .extracting(event -> event.path("count").asInt())
                    .containsExactly(1, 4));
    assertThat(of(user, "login.failed"))
        .allMatch(event -> event.path("lastAddress").asString().equals("127.0.0.1"));
  }

  @Test
  void aLoginOfNobodyLeavesNoTrace() throws Exception {
    int before = platform.events("login.failed").size();
    Answer answer = platform.logIn("nobody-at-all", "guess number 1");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().path("detail").asString())
        .isEqualTo(platform.logIn("nobody", "guess number 2").body().path("detail").asString());
    assertThat(platform.events("login.failed")).hasSize(before);
  }

  /** This platform sends no e-mail. */
  @Test
  void whatNeedsEmailSaysThatThereIsNone() throws Exception {
    String token = platform.owner("unmailed");
    assertThat(platform.get("/health", null).body().at("/parts/email").asString()).isEqualTo("off");
    assertThat(
            platform
                .post("/api/auth/password-reset", null, "{\"email\": \"unmailed@example.org\"}")
                .status())
        .isEqualTo(202);
    Answer resent = platform.post("/api/auth/verify-email/resend", token, "");
    assertThat(resent.status()).isEqualTo(409);
    assertThat(resent.body().path("code").asString()).isEqualTo("email-off");
    Answer invited =
        platform.post(
            "/api/invitations", token, "{\"email\": \"b@example.org\", \"role\": \"viewer\"}");
    assertThat(invited.body().path("mailed").asBoolean(true)).isFalse();
    assertThat(invited.body().path("token").asString()).startsWith("cti_");

    Answer changed =
        platform.post(
            "/api/auth/email",
            token,
            "{\"email\": \"elsewhere@example.org\", \"password\": \"%s\"}".formatted(PASSWORD));
    assertThat(changed.status()).isEqualTo(202);
    assertThat(changed.body().path("changed").asBoolean()).isTrue();
    JsonNode me = platform.get("/api/auth/me", token).body();
    assertThat(me.path("email").asString()).isEqualTo("elsewhere@example.org");
    assertThat(me.path("email_verified").asBoolean(true)).isFalse();
    assertThat(
            platform
                .jdbc()
                .sql("SELECT count(*) FROM identity.outbox")
                .query(Integer.class)
                .single())
        .isZero();
  }

  private static int counted(String user) {
    return platform
        .jdbc()
        .sql("SELECT unreported FROM identity.failed_login WHERE user_id = ?")
        .param(user)
        .query((row, number) -> row.getInt(1))
        .single();
  }

  private static List<JsonNode> of(String user, String event) {
    return platform.events(event).stream()
        .filter(payload -> payload.path("userId").asString().equals(user))
        .toList();
  }

  private static Answer change(String token, String current, String chosen) throws Exception {
    return platform.post(
        "/api/auth/password",
        token,
        "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, chosen));
  }

  private static String accessToken(Answer login) {
    return login.body().path("access_token").asString();
  }
}
