package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.command.TestPlatform.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Invitations over HTTP: how people join a tenant. */
class InvitationsIT {

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static String owner;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    owner = platform.owner("acme");
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void whoIsInvitedJoinsOnce() throws Exception {
    JsonNode made = invite(owner, "bob", "operator").body();
    String token = made.path("token").asString();
    assertThat(token).startsWith("cti_");

    Answer joined = accept(token, "bob");
    assertThat(joined.status()).isEqualTo(201);
    assertThat(joined.body().path("tenant_id").asString()).isEqualTo("acme");
    assertThat(joined.body().path("email").asString()).isEqualTo("bob@example.org");
    assertThat(platform.logIn("bob", PASSWORD).status()).isEqualTo(200);
    assertThat(platform.logIn("bob@example.org", PASSWORD).status())
        .as("with an address that nobody has verified")
        .isEqualTo(401);

    Answer again = accept(token, "bob2");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body().at("/errors/0/pointer").asString()).isEqualTo("/token");
    JsonNode shown =
        platform
            .get("/api/invitations", owner)
            .body()
            .path("invitations")
            .valueStream()
            .filter(invitation -> invitation.path("id").equals(made.path("id")))
            .findFirst()
            .orElseThrow();
    assertThat(shown.path("accepted_at").isNull()).isFalse();
    assertThat(shown.has("token")).isFalse();
  }

  @Test
  void anInvitationThatIsOverIsNone() throws Exception {
    JsonNode revoked = invite(owner, "carol", "viewer").body();
    String path = "/api/invitations/" + revoked.path("id").asString();
    assertThat(platform.delete(path, platform.owner("elsewhere")).status()).isEqualTo(404);
    assertThat(platform.delete(path, owner).status()).isEqualTo(204);
    assertThat(platform.delete(path, owner).status()).isEqualTo(404);
    assertThat(accept(revoked.path("token").asString(), "carol").status()).isEqualTo(400);

    JsonNode expired = invite(owner, "dave", "viewer").body();
    platform
        .jdbc()
        .sql("UPDATE identity.invitation SET expires_at = now() WHERE invitation_id = ?")
        .param(expired.path("id").asString())
        .update();
    assertThat(accept(expired.path("token").asString(), "dave").status()).isEqualTo(400);
  }

  @Test
  void itCountsOnlyWhileItsMakerCouldStillMakeIt() throws Exception {
    String admin =
        platform.member(owner, "soon-demoted", "admin").body().path("access_token").asString();
    String token = invite(admin, "accomplice", "admin").body().path("token").asString();
    String id = platform.get("/api/auth/me", admin).body().path("id").asString();
    platform.patch("/api/users/" + id, owner, "{\"role\": \"viewer\"}");
    assertThat(accept(token, "accomplice").status()).isEqualTo(400);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws Exception {
    Answer accepted =
        platform.post(
            "/api/auth/accept-invitation",
            null,
            "{\"token\": \"cti_no\", \"username\": \"No!\", \"password\": \"short\"}");
    assertThat(accepted.status()).isEqualTo(400);
    assertThat(accepted.body().path("errors").valueStream().map(e -> e.path("pointer").asString()))
        .contains("/token", "/username", "/password");
    Answer invited =
        platform.post(
            "/api/invitations",
            owner,
            "{\"email\": \"nobody\", \"role\": \"boss\", \"expires_in_days\": 365}");
    assertThat(invited.body().path("errors").valueStream().map(e -> e.path("pointer").asString()))
        .containsExactly("/email", "/role", "/expires_in_days");
    assertThat(invite(owner, "acme", "viewer").status()).isEqualTo(409);
  }

  @Test
  void aNameThatIsTakenLeavesTheInvitationOpen() throws Exception {
    String token = invite(owner, "frank", "viewer").body().path("token").asString();
    assertThat(accept(token, "acme").status()).isEqualTo(409);
    assertThat(accept(token, "frank").status()).isEqualTo(201);
  }

  @Test
  void anInvitationIsNoWayToAskForManyNames() throws Exception {
    String token = invite(owner, "asking", "viewer").body().path("token").asString();
    for (int i = 0; i < 10; i++) {
      assertThat(accept(token, "acme").status()).isEqualTo(409);
    }
    assertThat(accept(token, "asking").status()).isEqualTo(400);
  }

  @Test
  void anAddressIsKeptFromNobodyAndToldToNobodyByWhoDoesNotReadIt() throws Exception {
    platform.owner("ada");
    String stranger = platform.owner("stranger");
    String token = invite(stranger, "ada", "viewer").body().path("token").asString();
    assertThat(accept(token, "not-ada").status()).isEqualTo(201);
    // Two say that it is theirs, with the same password even: so far it is nobody's.
    assertThat(platform.logIn("ada@example.org", PASSWORD).status()).isEqualTo(401);
    assertThat(platform.logIn("ada", PASSWORD).status()).isEqualTo(200);

    verify("ada");
    String in = platform.logIn("ada@example.org", PASSWORD).body().path("access_token").asString();
    assertThat(platform.get("/api/auth/me", in).body().path("username").asString())
        .isEqualTo("ada");

    String again = platform.owner("stranger-two");
    String verified = invite(again, "ada", "viewer").body().path("token").asString();
    assertThat(accept(verified, "not-ada-either").status()).isEqualTo(201);
    Answer changed =
        platform.post(
            "/api/auth/email",
            again,
            "{\"email\": \"ADA@example.org\", \"password\": \"%s\"}".formatted(PASSWORD));
    assertThat(changed.status()).as("somebody of the same tenant has it").isEqualTo(409);
    Answer elsewhere =
        platform.post(
            "/api/auth/email",
            platform.owner("stranger-three"),
            "{\"email\": \"ADA@example.org\", \"password\": \"%s\"}".formatted(PASSWORD));
    assertThat(elsewhere.status()).isEqualTo(202);
    assertThat(platform.logIn("ada@example.org", PASSWORD).status()).isEqualTo(200);
  }

  private static void verify(String username) {
    assertThat(
            platform
                .jdbc()
                .sql("UPDATE identity.app_user SET email_verified_at = now() WHERE username = ?")
                .param(username)
                .update())
        .isOne();
  }

  @Test
  void anInvitationsTokenOpensNothingElse() throws Exception {
    String token = invite(owner, "grace", "owner").body().path("token").asString();
    assertThat(platform.get("/api/users", token).status()).isEqualTo(401);
  }

  @Test
  void eventsNameNobodyAndHoldNoSecret() throws Exception {
    JsonNode made = invite(owner, "heidi", "viewer").body();
    accept(made.path("token").asString(), "heidi");
    assertThat(platform.events("user.invitation-made"))
        .anyMatch(event -> event.path("invitationId").equals(made.path("id")));
    assertThat(platform.events("user.invitation-accepted"))
        .anyMatch(event -> event.path("invitationId").equals(made.path("id")));
    assertThat(
            platform
                .jdbc()
                .sql("SELECT convert_from(payload, 'UTF8') FROM event_store.domain_event")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(payload -> String.valueOf(payload).contains("heidi"))
        .noneMatch(payload -> String.valueOf(payload).contains("cti_"));
  }

  private static Answer invite(String token, String name, String role) throws Exception {
    return platform.post(
        "/api/invitations",
        token,
        "{\"email\": \"%s@example.org\", \"role\": \"%s\"}".formatted(name, role));
  }

  private static Answer accept(String token, String name) throws Exception {
    return platform.post(
        "/api/auth/accept-invitation",
        null,
        "{\"token\": \"%s\", \"username\": \"%s\", \"password\": \"%s\"}"
            .formatted(token, name, PASSWORD));
  }
}
