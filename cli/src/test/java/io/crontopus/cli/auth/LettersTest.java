package io.crontopus.cli.auth;

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

/** What people do with the codes of letters, and how an operator sees whether letters are sent. */
class LettersTest {
  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    platform =
        new TestPlatform()
            .on("POST /api/auth/password-reset", accepted())
            .on("POST /api/auth/password-reset/confirm", Reply.noContent())
            .on("POST /api/auth/verify-email", Reply.noContent())
            .on("POST /api/auth/verify-email/resend", accepted())
            .on("POST /api/admin/mail/test", Reply.noContent());
    shell = Shell.at(platform, home);
    Files.writeString(home.resolve("code"), "ctpw_secret\n");
  }

  private static Reply accepted() {
    return exchange -> {
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
    };
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void aLetterIsAskedForWithoutLearningWhetherSomebodyIsThere() {
    Shell.Result result = shell.run("auth", "reset-password", "--e-mail", "bob@example.org");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("If somebody at " + platform.url() + " has the address");
    assertThat(platform.lastRequest().body()).isEqualTo("{\"email\":\"bob@example.org\"}");
    assertThat(platform.lastRequest().header("Authorization")).isNull();
  }

  @Test
  void aCodeAndAPasswordFromElsewhereSetThePassword() {
    Shell.Result result =
        shell
            .input("a new and long one\n")
            .run("auth", "reset-password", "--code", "code", "--password-stdin");

    assertThat(result.exitCode()).isZero();
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"token\":\"ctpw_secret\",\"password\":\"a new and long one\"}");
    assertThat(result.out() + result.err()).doesNotContain("secret").doesNotContain("long one");
  }

  @Test
  void aCodeIsAskedForWithoutShowingIt() {
    Shell.Result result = shell.askable("ctev_secret").run("auth", "verify-email");

    assertThat(result.exitCode()).isZero();
    assertThat(platform.lastRequest().body()).isEqualTo("{\"token\":\"ctev_secret\"}");
    assertThat(result.err()).doesNotContain("secret");
  }

  @Test
  void withoutATerminalTheCodeHasToComeFromSomewhere() {
    Shell.Result result = shell.run("auth", "verify-email");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--code FILE");
    assertThat(shell.run("auth", "verify-email", "--code", "none").exitCode()).isEqualTo(2);
  }

  @Test
  void theLetterIsSentOnceMoreToWhoIsLoggedIn() {
    assertThat(shell.run("auth", "verify-email", "--resend").exitCode()).isZero();
    assertThat(platform.lastRequest().path()).isEqualTo("/api/auth/verify-email/resend");
    assertThat(platform.lastRequest().header("Authorization")).isEqualTo("Bearer ctp_test");
  }

  @Test
  void anOperatorSeesThatTheServerTookATestLetter() {
    Shell.Result result = shell.run("mail", "test", "ops@example.org");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEqualTo("The mail server took a letter to ops@example.org.\n");
    assertThat(platform.lastRequest().body()).isEqualTo("{\"to\":\"ops@example.org\"}");
  }

  @Test
  void anOperatorSeesWhatTheServerSaysAgainstIt() {
    platform.on(
        "POST /api/admin/mail/test",
        Reply.problem(
            424, "mail-not-sent", "Failed Dependency", "535 5.7.8 authentication failed"));

    Shell.Result result = shell.run("mail", "test", "ops@example.org");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("535 5.7.8 authentication failed");
  }
}
