package io.crontopus.cli.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
  private static final Reply ALICE =
      Reply.json(200, "{\"id\":\"u1\",\"username\":\"alice\",\"role\":\"owner\"}");

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on(
                "GET /api/users",
                Reply.json(
                    200,
                    """
                    {"users":[
                    {"id":"u2","kind":"service","username":"ci","email":null,"role":"operator",
                     "created_at":"2026-02-28T12:00:00.000Z"},
                    {"id":"u1","kind":"person","username":"alice","email":"alice@example.org",
                     "role":"owner","created_at":"2026-02-01T12:00:00.000Z"}],"next_cursor":null}\
                    """))
            .on(
                "GET /api/users/u2",
                Reply.json(200, "{\"id\":\"u2\",\"kind\":\"service\",\"username\":\"ci\"}"))
            .on(
                "POST /api/invitations",
                Reply.json(
                    201,
                    """
                    {"id":"i1","email":"bob@example.org","role":"viewer","token":"cti_secret",\
                    "expires_at":"2026-03-08T12:00:00.000Z"}\
                    """))
            .on(
                "PATCH /api/users/u2",
                Reply.json(200, "{\"id\":\"u2\",\"username\":\"ci\",\"role\":\"viewer\"}"))
            .on("POST /api/users", Reply.json(201, "{\"id\":\"u3\",\"username\":\"deploy\"}"))
            .on("DELETE /api/users/u2", Reply.noContent())
            .on("DELETE /api/invitations/i1", Reply.noContent());
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void listShowsWhoMayWhat() {
    assertThat(shell.run("users", "list").out())
        .isEqualTo(
            """
            USER ID  NAME   KIND     ROLE      E-MAIL             SINCE
            u2       ci     service  operator  -                  24 h ago
            u1       alice  person   owner     alice@example.org  28 days ago
            """);
    assertThat(shell.run("users", "list", "-q").out()).isEqualTo("u2\nu1\n");
  }

  @Test
  void invitationsAreListedWithTheirState() {
    platform.on(
        "GET /api/invitations",
        Reply.json(
            200,
            """
            {"invitations":[
            {"id":"i1","email":"bob@example.org","role":"viewer","prefix":"cti_ab","invited_by":"u1",
             "created_at":"2026-02-28T12:00:00.000Z","expires_at":"2026-03-07T12:00:00.000Z",
             "accepted_at":null,"revoked_at":null},
            {"id":"i2","email":"eve@example.org","role":"admin","prefix":"cti_cd","invited_by":"u1",
             "created_at":"2026-02-01T12:00:00.000Z","expires_at":"2026-02-08T12:00:00.000Z",
             "accepted_at":null,"revoked_at":null}],"next_cursor":null}\
            """));

    assertThat(shell.run("users", "list", "--invitations").out())
        .isEqualTo(
            """
            INVITATION ID  E-MAIL           ROLE    STATE    STARTS WITH  CREATED      EXPIRES
            i1             bob@example.org  viewer  active   cti_ab       24 h ago     in 6 days
            i2             eve@example.org  admin   expired  cti_cd       28 days ago  21 days ago
            """);
  }

  @Test
  void theTokenOfAnInvitationIsAloneOnStandardOutput() {
    Shell.Result result =
        shell.run("users", "invite", "bob@example.org", "--role", "viewer", "--expires-in", "7d");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("cti_secret\n");
    assertThat(result.err())
        .startsWith("Created invitation bob@example.org (i1), expires 2026-03-08T12:00:00Z.\n");
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"email\":\"bob@example.org\",\"role\":\"viewer\",\"expires_in_days\":7}");
  }

  @Test
  void whoInvitesIsToldThatItIsSentAsWell() {
    platform.on(
        "POST /api/invitations",
        Reply.json(
            201,
            """
            {"id":"i1","email":"bob@example.org","role":"viewer","token":"cti_secret","mailed":true,\
            "expires_at":"2026-03-08T12:00:00.000Z"}\
            """));

    assertThat(shell.run("users", "invite", "bob@example.org", "--role", "viewer").err())
        .endsWith("It is sent to bob@example.org as well.\n");
  }

  @Test
  void anUnknownRoleNamesTheKnownOnes() {
    Shell.Result result = shell.run("users", "set-role", "u2", "boss");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'boss' is no role.").contains("owner, admin, operator");
    assertThat(platform.requests()).isEmpty();
  }

  @Test
  void aRoleIsChanged() {
    Shell.Result result = shell.run("users", "set-role", "u2", "viewer");

    assertThat(result).isEqualTo(new Shell.Result(0, "", "ci is viewer now.\n"));
    assertThat(platform.lastRequest().method()).isEqualTo("PATCH");
    assertThat(platform.lastRequest().body()).isEqualTo("{\"role\":\"viewer\"}");
  }

  @Test
  void ownershipIsGivenAndTakenAfterAQuestion() {
    platform
        .on("GET /api/users/u1", ALICE)
        .on("PATCH /api/users/u1", Reply.json(200, "{\"username\":\"alice\"}"));

    for (String[] change : new String[][] {{"u2", "owner"}, {"u1", "admin"}}) {
      Shell.Result nobody = shell.run("users", "set-role", change[0], change[1]);
      assertThat(nobody.exitCode()).isEqualTo(6);
      assertThat(nobody.err()).contains("--yes");
      assertThat(platform.lastRequest().method()).isEqualTo("GET");

      Shell.Result sure = shell.run("users", "set-role", change[0], change[1], "--yes");
      assertThat(sure.exitCode()).as(sure.err()).isZero();
      assertThat(platform.lastRequest().method()).isEqualTo("PATCH");
    }
    assertThat(shell.run("users", "set-role", "u1", "owner").exitCode())
        .as("who is one already")
        .isZero();
  }

  @Test
  void aServiceIsAddedAndGetsATokenOfItsOwn() {
    platform.on(
        "POST /api/tokens",
        Reply.json(201, "{\"id\":\"t1\",\"name\":\"ci\",\"token\":\"ctp_secret\"}"));

    assertThat(shell.run("users", "add-service", "deploy", "--role", "operator").out())
        .isEqualTo("u3\n");
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"kind\":\"service\",\"username\":\"deploy\",\"role\":\"operator\"}");
    shell.run("tokens", "create", "ci", "-s", "write:jobs", "--for", "u3");
    assertThat(platform.lastRequest().body()).contains("\"user_id\":\"u3\"");
  }

  @Test
  void somebodyIsForgottenAfterAQuestion() {
    platform.on("POST /api/people/forget", Reply.noContent());

    assertThat(shell.run("users", "forget", "eve@example.org").exitCode()).isEqualTo(6);
    assertThat(shell.run("users", "forget", "eve@example.org", "--yes"))
        .isEqualTo(new Shell.Result(0, "", "Forgot eve@example.org.\n"));
    assertThat(platform.lastRequest().body()).isEqualTo("{\"email\":\"eve@example.org\"}");
  }

  @Test
  void removingIsConfirmed() {
    assertThat(shell.run("users", "remove", "u2", "--yes"))
        .isEqualTo(new Shell.Result(0, "", "Removed user ci (u2).\n"));
    assertThat(shell.run("users", "remove", "u2").exitCode()).isEqualTo(6);
    assertThat(shell.run("users", "remove", "--invitation", "i1", "--yes").err())
        .isEqualTo("Removed invitation i1.\n");
  }

  @Test
  void theLastOwnerStays() {
    platform
        .on("GET /api/users/u1", ALICE)
        .on(
            "PATCH /api/users/u1",
            Reply.problem(409, "last-owner", "Conflict", "this is the tenant's last owner"));

    Shell.Result result = shell.run("users", "set-role", "u1", "viewer", "--yes");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("this is the tenant's last owner");
  }

  @Test
  void whoIsInvitedJoins() throws IOException {
    platform
        .on("POST /api/auth/accept-invitation", Reply.json(201, "{\"username\":\"bob\"}"))
        .on(
            "POST /api/auth/login",
            Reply.json(
                200,
                """
                {"access_token":"jwt","refresh_token":"ctr","token_type":"Bearer","expires_in":900}\
                """));
    Files.writeString(home.resolve("invitation"), "cti_secret\n");

    Shell.Result result =
        new Shell(home)
            .input("a long sentence\n")
            .run(
                "auth",
                "join",
                "--server",
                platform.url(),
                "--invitation",
                "invitation",
                "--username",
                "bob",
                "--password-stdin");

    assertThat(result.err()).isEqualTo("Logged in at " + platform.url() + " as bob.\n");
    assertThat(platform.requests().getFirst().body())
        .isEqualTo(
            "{\"token\":\"cti_secret\",\"username\":\"bob\",\"password\":\"a long sentence\"}");
  }
}
