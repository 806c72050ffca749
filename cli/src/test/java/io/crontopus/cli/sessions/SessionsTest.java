package io.crontopus.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on(
                "GET /api/auth/sessions",
                Reply.json(
                    200,
                    """
                    {"sessions":[
                    {"id":"s1","created_at":"2026-02-28T12:00:00.000Z",
                     "last_used_at":"2026-03-01T11:59:00.000Z","expires_at":"2026-03-31T12:00:00.000Z",
                     "address":"192.0.2.1","user_agent":"crontopus-cli","current":true},
                    {"id":"s2","created_at":"2026-02-01T12:00:00.000Z",
                     "last_used_at":"2026-02-28T12:00:00.000Z","expires_at":"2026-03-02T12:00:00.000Z",
                     "address":"192.0.2.2","user_agent":null,"current":false}],"next_cursor":null}\
                    """))
            .on("DELETE /api/auth/sessions/s2", Reply.noContent())
            .on("POST /api/auth/logout-everywhere", Reply.noContent());
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void listTellsWhichOneThisIs() {
    assertThat(shell.run("sessions", "list").out())
        .isEqualTo(
            """
            SESSION ID  THIS  LAST USED  SINCE        ENDS        ADDRESS    CLIENT
            s1          yes   1 min ago  24 h ago     in 30 days  192.0.2.1  crontopus-cli
            s2          -     24 h ago   28 days ago  in 24 h     192.0.2.2  -
            """);
  }

  @Test
  void revokingIsConfirmed() {
    assertThat(shell.run("sessions", "revoke", "s2", "--yes"))
        .isEqualTo(new Shell.Result(0, "", "Ended session s2.\n"));
    assertThat(shell.run("sessions", "revoke", "s2").exitCode()).isEqualTo(6);
  }

  @Test
  void allOfThemEndWithOneWord() {
    assertThat(shell.run("sessions", "revoke", "--all", "--yes").err())
        .isEqualTo("Ended all sessions.\n");
    assertThat(platform.lastRequest().path()).isEqualTo("/api/auth/logout-everywhere");
  }

  @Test
  void someOrAllMustBeNamed() {
    assertThat(shell.run("sessions", "revoke", "--yes").exitCode()).isEqualTo(2);
    assertThat(shell.run("sessions", "revoke", "s2", "--all", "--yes").exitCode()).isEqualTo(2);
    assertThat(platform.requests()).isEmpty();
  }
}
