package io.crontopus.cli.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Request;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceLoginTest {
  private static final Reply TOKENS =
      Reply.json(
          200,
          """
          {"access_token":"jwt-1","refresh_token":"refresh-1","token_type":"Bearer","expires_in":900}""");

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;
  private final Deque<Reply> answers = new ArrayDeque<>();

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on(
                "POST /api/auth/device",
                Reply.json(
                    200,
                    """
                    {"device_code":"ctd_1","user_code":"BCDF-GHJK","verification_uri":"https://c/device",\
                    "verification_uri_complete":"https://c/device?user_code=BCDF-GHJK",\
                    "expires_in":600,"interval":0}"""))
            .answering("POST /api/auth/device/token", this::next)
            .on("GET /api/auth/me", Reply.json(200, "{\"username\":\"alice\"}"));
    shell = new Shell(home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Reply next(Request request) {
    assertThat(request.form("grant_type"))
        .isEqualTo("urn:ietf:params:oauth:grant-type:device_code");
    assertThat(request.form("device_code")).isEqualTo("ctd_1");
    return answers.remove();
  }

  private static Reply error(String code) {
    return Reply.json(400, "{\"error\":\"" + code + "\",\"error_description\":\"because\"}");
  }

  private Shell.Result logIn() {
    return shell.run("auth", "login", "--server", platform.url());
  }

  @Test
  void showsTheCodeAndWaitsUntilSomebodyApproves() throws IOException {
    answers.addAll(
        List.of(
            error("authorization_pending"),
            Reply.of(503, "text/html", "<html>"),
            error("authorization_pending"),
            TOKENS));

    Shell.Result result = logIn();

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            """
            Open https://c/device?user_code=BCDF-GHJK
            and approve if it shows the code BCDF-GHJK. Waiting; Ctrl-C stops.
            Logged in at %s as alice.
            """
                .formatted(platform.url()));
    assertThat(platform.requests().getFirst().form("client_id")).isEqualTo("crontopus-cli");
    assertThat(Files.readString(home.resolve(".config/crontopus/credentials.json")))
        .contains("refresh-1")
        .doesNotContain("ctd_1");
  }

  @Test
  void aRefusalAndATimeoutEndIt() {
    answers.add(error("access_denied"));
    Shell.Result refused = logIn();
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err()).contains("refused in the browser");

    answers.add(error("expired_token"));
    Shell.Result late = logIn();
    assertThat(late.exitCode()).isEqualTo(4);
    assertThat(late.err()).contains("Nobody approved the login in time");

    answers.add(error("invalid_grant"));
    assertThat(logIn().err()).contains("The login failed: because");
    assertThat(home.resolve(".config/crontopus/credentials.json")).doesNotExist();
  }

  @Test
  void aServerWithoutItIsLoggedInToOtherwise() {
    platform.on("POST /api/auth/device", Reply.problem(404, "not-found", "Not found", "nothing"));

    Shell.Result result = logIn();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("--username");
  }
}
