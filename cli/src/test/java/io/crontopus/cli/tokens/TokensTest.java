package io.crontopus.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on(
                "POST /api/tokens",
                Reply.json(
                    201,
                    """
                    {"id":"t1","name":"ci","token":"ctp_secret","scopes":["read:jobs"],\
                    "expires_at":"2026-03-31T12:00:00.000Z","created_at":"2026-03-01T12:00:00.000Z"}"""))
            .on(
                "POST /api/enrollment-tokens",
                Reply.json(
                    201,
                    """
                    {"id":"n1","name":"web","token":"cte_secret","expires_at":null,"max_uses":2}"""))
            .on("DELETE /api/tokens/t1", Reply.noContent())
            .on("DELETE /api/enrollment-tokens/n1", Reply.noContent());
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void theSecretIsAloneOnStandardOutput() {
    Shell.Result result =
        shell.run(
            "tokens", "create", "ci", "--scopes", "read:jobs,write:jobs", "--expires-in", "30d");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("ctp_secret\n");
    assertThat(result.err())
        .isEqualTo(
            """
            Created token ci (t1), expires 2026-03-31T12:00:00Z.
            Keep it now: it is not shown again.
            """);
    assertThat(platform.lastRequest().body())
        .isEqualTo(
            """
            {"name":"ci","scopes":["read:jobs","write:jobs"],"expires_in_days":30}""");
    assertThat(platform.lastRequest().header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aProgramGetsTheWholeAnswer() {
    Shell.Result result = shell.run("tokens", "create", "ci", "-s", "read:jobs", "-o", "json");

    assertThat(result.out()).contains("\"token\": \"ctp_secret\"").contains("\"id\": \"t1\"");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void anUnknownScopeNamesTheKnownOnes() {
    Shell.Result result = shell.run("tokens", "create", "ci", "--scopes", "read:job");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'read:job' is no scope.").contains("read:runs, write:runs");
    assertThat(platform.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"12h", "0d", "soon", "-3d", "30"})
  void aLifetimeIsWholeDays(String lifetime) {
    assertThat(
            shell
                .run("tokens", "create", "ci", "-s", "read:jobs", "--expires-in=" + lifetime)
                .exitCode())
        .isEqualTo(2);
  }

  @Test
  void weeksAreDaysToo() {
    shell.run("tokens", "create", "ci", "-s", "admin:*", "--expires-in", "2w");

    assertThat(platform.lastRequest().body()).contains("\"expires_in_days\":14");
  }

  @Test
  void listTellsWhichAreStillGood() {
    platform.on(
        "GET /api/tokens",
        Reply.json(
            200,
            """
            {"tokens":[
            {"id":"t1","name":"ci","scopes":["read:jobs","write:jobs"],"prefix":"ctp_ab",
             "created_at":"2026-02-28T12:00:00.000Z","expires_at":"2026-03-31T12:00:00.000Z",
             "last_used_at":"2026-03-01T11:59:00.000Z","revoked_at":null},
            {"id":"t2","name":"old","scopes":["admin:*"],"prefix":"ctp_cd",
             "created_at":"2026-02-01T12:00:00.000Z","expires_at":"2026-02-28T12:00:00.000Z",
             "last_used_at":null,"revoked_at":null},
            {"id":"t3","name":"lost","scopes":[],"prefix":"ctp_ef",
             "created_at":"2026-02-01T12:00:00.000Z","expires_at":null,
             "last_used_at":null,"revoked_at":"2026-02-02T12:00:00.000Z"}],"next_cursor":null}"""));

    assertThat(shell.run("tokens", "list").out())
        .isEqualTo(
            """
            TOKEN ID  NAME  STATE    STARTS WITH  CREATED      EXPIRES     LAST USED  SCOPES
            t1        ci    active   ctp_ab       24 h ago     in 30 days  1 min ago  read:jobs, write:jobs
            t2        old   expired  ctp_cd       28 days ago  24 h ago    -          admin:*
            t3        lost  revoked  ctp_ef       28 days ago  -           -          -
            """);
    assertThat(shell.run("tokens", "list", "-q").out()).isEqualTo("t1\nt2\nt3\n");
  }

  @Test
  void revokingIsConfirmed() {
    assertThat(shell.run("tokens", "revoke", "t1", "--yes"))
        .isEqualTo(new Shell.Result(0, "", "Revoked token t1.\n"));
    assertThat(shell.run("tokens", "revoke", "t1").exitCode()).isEqualTo(6);
    assertThat(platform.requests()).hasSize(1);
  }

  @Test
  void enrollmentTokens() {
    Shell.Result created =
        shell.run("enrollment-tokens", "create", "web", "--expires-in", "7d", "--max-uses", "2");

    assertThat(created.out()).isEqualTo("cte_secret\n");
    assertThat(created.err()).startsWith("Created enrollment token web (n1).\n");
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"name\":\"web\",\"expires_in_days\":7,\"max_uses\":2}");
    assertThat(shell.run("enrollment-tokens", "create", "web", "--max-uses=-1").exitCode())
        .isEqualTo(2);
    assertThat(
            shell
                .run("enrollment-tokens", "create", "web", "--expires-in", "7d", "--never-expires")
                .exitCode())
        .isEqualTo(2);
    shell.run("enrollment-tokens", "create", "web", "--max-uses", "0", "--never-expires");
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"name\":\"web\",\"expires_in_days\":0,\"max_uses\":0}");
    shell.run("enrollment-tokens", "create", "web");
    assertThat(platform.lastRequest().body()).isEqualTo("{\"name\":\"web\"}");
    assertThat(shell.run("enrollment-tokens", "revoke", "n1", "-y").exitCode()).isZero();
  }

  @Test
  void enrollmentTokensAreCounted() {
    platform.on(
        "GET /api/enrollment-tokens",
        Reply.json(
            200,
            """
            {"enrollment_tokens":[
            {"id":"n1","name":"web","prefix":"cte_ab","created_at":"2026-02-28T12:00:00.000Z",
             "expires_at":null,"max_uses":2,"used_count":2,"revoked_at":null},
            {"id":"n2","name":"any","prefix":"cte_cd","created_at":"2026-02-28T12:00:00.000Z",
             "expires_at":null,"max_uses":null,"used_count":5,"revoked_at":null}],
            "next_cursor":null}"""));

    assertThat(shell.run("enrollment-tokens", "list").out())
        .isEqualTo(
            """
            TOKEN ID  NAME  STATE    STARTS WITH  USED    CREATED   EXPIRES
            n1        web   used up  cte_ab       2 of 2  24 h ago  -
            n2        any   active   cte_cd       5       24 h ago  -
            """);
  }
}
