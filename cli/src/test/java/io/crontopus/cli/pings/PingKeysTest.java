package io.crontopus.cli.pings;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PingKeysTest {

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on(
                "POST /api/ping-keys",
                Reply.json(
                    201,
                    """
                    {"id":"k1","namespace":"default","job_name":"backup","key":"ctk_secret",\
                    "url":"http://p/ping/ctk_secret","created_at":"2026-03-01T12:00:00.000Z"}"""))
            .on(
                "GET /api/ping-keys",
                Reply.json(
                    200,
                    """
                    {"ping_keys":[{"id":"k1","namespace":"default","job_name":"backup","prefix":"ctk_abcd",
                    "created_by":"user:u1","created_at":"2026-03-01T11:00:00.000Z","last_used_at":null,
                    "revoked_at":null}],"next_cursor":null}"""))
            .on("DELETE /api/ping-keys/k1", Reply.noContent());
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void theAddressIsAloneOnStandardOutput() {
    Shell.Result result = shell.run("ping-keys", "create", "backup");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("http://p/ping/ctk_secret\n");
    assertThat(result.err())
        .contains("Created ping key k1 of default/backup.")
        .doesNotContain("ctk_");
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"namespace\":\"default\",\"job_name\":\"backup\"}");
  }

  @Test
  void aNamespaceCanBePartOfTheName() {
    assertThat(shell.run("ping-keys", "create", "reports/nightly").exitCode()).isZero();
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"namespace\":\"reports\",\"job_name\":\"nightly\"}");
  }

  @Test
  void theListShowsWhatIsKnownOfThem() {
    assertThat(shell.run("ping-keys", "list").out())
        .contains("default/backup", "active", "ctk_abcd");
  }

  @Test
  void revokingHasToBeMeant() {
    assertThat(shell.run("ping-keys", "revoke", "k1").exitCode()).isEqualTo(6);
    assertThat(shell.run("ping-keys", "revoke", "k1", "--yes").exitCode()).isZero();
    assertThat(platform.lastRequest().method()).isEqualTo("DELETE");
  }
}
