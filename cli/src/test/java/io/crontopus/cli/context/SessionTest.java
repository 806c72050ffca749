package io.crontopus.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Request;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @TempDir Path home;
  private TestPlatform first;
  private TestPlatform second;
  private Shell shell;

  @BeforeEach
  void start() {
    first = platform();
    second = platform();
    shell = new Shell(home);
  }

  private static TestPlatform platform() {
    return new TestPlatform()
        .on("GET /api/runs", Reply.json(200, "{\"runs\":[],\"next_cursor\":null}"))
        .on("GET /api/auth/me", Reply.json(200, "{\"username\":\"alice\"}"));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private void login(TestPlatform platform, String token) {
    assertThat(
            shell
                .input(token)
                .run("auth", "login", "--with-token", "--server", platform.url())
                .exitCode())
        .isZero();
  }

  private static String lastToken(TestPlatform platform) {
    Request request = platform.lastRequest();
    return String.valueOf(request.header("Authorization"));
  }

  @Test
  void theLastLoginIsUsed() {
    login(first, "ctp_1");
    login(second, "ctp_2");

    shell.run("runs", "list");

    assertThat(lastToken(second)).isEqualTo("Bearer ctp_2");
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void loginsAreListedAndOneIsChosen() {
    login(first, "ctp_1");
    login(second, "ctp_2");
    assertThat(shell.run("auth", "list").out())
        .isEqualTo(
            """
            SERVER                  USED  USER   WITH       CERTIFICATES
            %s  yes   alice  API token  -
            %s  -     alice  API token  -
            """
                .formatted(second.url(), first.url()))
        .doesNotContain("ctp_");

    String port = first.url().replaceFirst(".*:", "");
    assertThat(shell.run("auth", "use", port).err()).isEqualTo("Using " + first.url() + ".\n");
    shell.run("runs", "list");
    assertThat(lastToken(first)).isEqualTo("Bearer ctp_1");

    assertThat(shell.run("auth", "use", second.url() + "/").exitCode()).isZero();
    assertThat(shell.run("auth", "list", "-q").out())
        .isEqualTo(second.url() + "\n" + first.url() + "\n");
    assertThat(shell.run("auth", "use", "127.0.0.1").exitCode()).isEqualTo(2);
    assertThat(shell.run("auth", "use", "nowhere").exitCode()).isEqualTo(3);
  }

  @Test
  void aServerThatIsNamedGetsItsOwnLogin() {
    login(first, "ctp_1");
    login(second, "ctp_2");

    shell.run("runs", "list", "--server", first.url());
    assertThat(lastToken(first)).isEqualTo("Bearer ctp_1");

    shell.run("--server", first.url() + "/", "runs", "list");
    assertThat(first.requests()).hasSize(3);

    shell.with("CRONTOPUS_SERVER", first.url()).run("runs", "list");
    assertThat(first.requests()).hasSize(4);
  }

  @Test
  void aStoredTokenGoesToNoOtherServer() {
    login(first, "ctp_1");

    Shell.Result result = shell.run("runs", "list", "--server", second.url());

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("You are not logged in at " + second.url());
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void theTokenOfTheEnvironmentWinsOverTheStoredOne() {
    login(first, "ctp_1");

    shell.with("CRONTOPUS_TOKEN", " ctp_env\n").run("runs", "list");

    assertThat(lastToken(first)).isEqualTo("Bearer ctp_env");
  }

  @Test
  void aTokenFileWinsOverTheEnvironment() throws IOException {
    Files.writeString(home.resolve("token"), "ctp_file\n");
    shell.with("CRONTOPUS_TOKEN", "ctp_env").with("CRONTOPUS_SERVER", first.url());

    shell.run("runs", "list", "--token-file", "token");
    assertThat(lastToken(first)).isEqualTo("Bearer ctp_file");

    shell.input("ctp_stdin\n").run("runs", "list", "--token-file", "-");
    assertThat(lastToken(first)).isEqualTo("Bearer ctp_stdin");
  }

  @Test
  void aTokenFileThatIsMissingOrEmptyIsWrongUsage() throws IOException {
    Files.writeString(home.resolve("empty"), "\n");
    shell.with("CRONTOPUS_SERVER", first.url());

    assertThat(shell.run("runs", "list", "--token-file", "none").exitCode()).isEqualTo(2);
    assertThat(shell.run("runs", "list", "--token-file", "empty").exitCode()).isEqualTo(2);
  }

  @Test
  void nobodyIsLoggedIn() {
    Shell.Result result = shell.run("runs", "list");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("You are not logged in.").contains("CRONTOPUS_TOKEN");
  }

  @Test
  void aDamagedFileSaysSo() throws IOException {
    Path file = home.resolve(".config/crontopus/credentials.json");
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "{");

    Shell.Result result = shell.run("runs", "list");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("are damaged").contains("log in again");
  }
}
