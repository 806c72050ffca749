package io.crontopus.cli.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Request;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthTest {
  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .answering("POST /api/auth/login", AuthTest::login)
            .answering("GET /api/auth/me", AuthTest::me)
            .on("POST /api/auth/logout", Reply.noContent());
    shell = new Shell(home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private static Reply login(Request request) {
    return request.form("username").equals("alice") && request.form("password").equals("s e&c+ret ")
        ? Reply.json(
            200,
            """
            {"access_token":"jwt-1","refresh_token":"refresh-1","token_type":"Bearer",\
            "expires_in":900}""")
        : Reply.problem(401, "bad-credentials", "Wrong user name or password", "Try again.");
  }

  private static Reply me(Request request) {
    String token = String.valueOf(request.header("Authorization"));
    return switch (token) {
      case "Bearer jwt-1", "Bearer ctp_full" ->
          Reply.json(
              200,
              """
              {"id":"u1","username":"alice","email":"alice@example.org","tenant_id":"acme",\
              "roles":["admin","member"]}""");
      case "Bearer ctp_narrow" ->
          Reply.problem(403, "forbidden", "Forbidden", "The token may not do this.");
      default -> Reply.problem(401, "unauthorized", "Unauthorized", "The token is unknown.");
    };
  }

  private Path file() {
    return home.resolve(".config/crontopus/credentials.json");
  }

  @Test
  void aPasswordThatIsTypedLogsIn() throws IOException {
    Shell.Result result =
        shell
            .askable("s e&c+ret ")
            .run("auth", "login", "--server", platform.url() + "/", "--username", "alice");

    assertThat(result)
        .isEqualTo(new Shell.Result(0, "", "Logged in at " + platform.url() + " as alice.\n"));
    var stored = Json.parse(Files.readString(file())).path("logins").path(0);
    assertThat(stored.path("token").asString()).isEqualTo("jwt-1");
    assertThat(stored.path("expires_at").asString()).isEqualTo("2026-03-01T12:15:00Z");
    assertThat(Files.readString(file())).doesNotContain("s e&c+ret");
  }

  @Test
  void theUserNameIsAskedFor() {
    shell.askable("s e&c+ret ");
    shell.input("alice\ns e&c+ret \n");
    Shell.Result result =
        shell.run("auth", "login", "--server", platform.url(), "--password-stdin");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("User name: ");
  }

  @Test
  void aPasswordOnStandardInputKeepsItsSpaces() {
    shell.input("s e&c+ret \n");

    assertThat(
            shell
                .run("auth", "login", "--server", platform.url(), "-u", "alice", "--password-stdin")
                .exitCode())
        .isZero();
  }

  @Test
  void aWrongPasswordIsRefusedAndNothingIsKept() {
    Shell.Result result =
        shell.askable("guess").run("auth", "login", "--server", platform.url(), "-u", "alice");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err())
        .startsWith("error: Wrong user name or password: Try again.\n")
        .doesNotContain("Log in with")
        .doesNotContain("guess");
    assertThat(file()).doesNotExist();
  }

  @Test
  void withoutATerminalAPasswordHasToComeFromSomewhere() {
    Shell.Result result = shell.run("auth", "login", "--server", platform.url(), "-u", "alice");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--password-stdin");
  }

  @Test
  void aPasswordIsChangedWithoutShowingIt() {
    platform.on("POST /api/auth/password", Reply.noContent());
    Shell known = Shell.at(platform, home);

    Shell.Result nobody = known.run("auth", "change-password");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err()).contains("--password-stdin");
    assertThat(platform.requests()).isEmpty();

    Shell.Result read =
        known
            .input("s e&c+ret \na new and long one\n")
            .run("auth", "change-password", "--password-stdin");
    assertThat(read)
        .isEqualTo(
            new Shell.Result(
                0, "", "The password is changed, and all your other sessions have ended.\n"));
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"current\":\"s e&c+ret \",\"new\":\"a new and long one\"}");
    assertThat(platform.lastRequest().header("Authorization")).isEqualTo("Bearer ctp_test");

    Shell.Result typed = known.askable("typed").run("auth", "change-password");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.err()).doesNotContain("typed");
    assertThat(platform.lastRequest().body()).contains("\"current\":\"typed\"");
  }

  @Test
  void theServerHasToBeNamedTheFirstTime() {
    Shell.Result result = shell.askable("x").run("auth", "login", "-u", "alice");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--server URL");
  }

  @Test
  void theFileIsForItsOwnerOnly() throws IOException {
    shell.askable("s e&c+ret ").run("auth", "login", "--server", platform.url(), "-u", "alice");

    assertThat(permissions(file())).isEqualTo("rw-------");
    assertThat(permissions(file().resolveSibling("credentials.lock"))).isEqualTo("rw-------");
    assertThat(permissions(home.resolve(".config/crontopus"))).isEqualTo("rwx------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFileThatOthersCouldReadIsTightenedWhenItIsWritten() throws IOException {
    Files.createDirectories(file().resolveSibling(""));
    Files.writeString(file(), "{\"logins\":[]}");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    shell.askable("s e&c+ret ").run("auth", "login", "--server", platform.url(), "-u", "alice");

    assertThat(permissions(file())).isEqualTo("rw-------");
  }

  @Test
  void theConfigurationMayBeElsewhere(@TempDir Path config) {
    shell.with("XDG_CONFIG_HOME", config.toString());

    shell.askable("s e&c+ret ").run("auth", "login", "--server", platform.url(), "-u", "alice");

    assertThat(config.resolve("crontopus/credentials.json")).exists();
    assertThat(file()).doesNotExist();
  }

  @Test
  void anApiTokenIsTakenFromStandardInput() {
    shell.input("ctp_full\n");

    Shell.Result login = shell.run("auth", "login", "--server", platform.url(), "--with-token");

    assertThat(login.exitCode()).isZero();
    assertThat(login.err()).contains("as alice");
    assertThat(shell.run("auth", "whoami", "-o", "json").out()).contains("\"tenant_id\": \"acme\"");
  }

  @Test
  void aTokenThatMayNotTellWhoseItIsIsGoodAllTheSame() {
    shell.input("ctp_narrow");

    Shell.Result result = shell.run("auth", "login", "--server", platform.url(), "--with-token");

    assertThat(result.exitCode()).isZero();
    assertThat(file()).exists();
  }

  @Test
  void anUnknownTokenIsRefused() {
    shell.input("ctp_wrong");

    Shell.Result result = shell.run("auth", "login", "--server", platform.url(), "--with-token");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("The token is unknown").doesNotContain("ctp_wrong");
    assertThat(file()).doesNotExist();
  }

  @Test
  void theCredentialsOfAPlatformStartedHere() throws IOException {
    Path credentials = home.resolve("credentials.json");
    Files.writeString(
        credentials,
        """
        {"url":"%s","username":"alice","password":"s e&c+ret ","token":"ctp_full"}"""
            .formatted(platform.url()));

    Shell.Result login = shell.run("auth", "login", "--credentials", "credentials.json");

    assertThat(login.exitCode()).isZero();
    assertThat(shell.run("auth", "whoami").out())
        .isEqualTo(
            """
            User:    alice
            E-mail:  alice@example.org
            Tenant:  acme
            Roles:   admin, member
            Server:  %s
            """
                .formatted(platform.url()));
  }

  @Test
  void credentialsThatAreNone() throws IOException {
    Files.writeString(home.resolve("a.json"), "hello");
    Files.writeString(home.resolve("b.json"), "{\"url\":\"http://h\"}");

    assertThat(shell.run("auth", "login", "--credentials", "a.json").err()).contains("is not JSON");
    assertThat(shell.run("auth", "login", "--credentials", "b.json").err())
        .contains("holds no address with credentials");
    assertThat(shell.run("auth", "login", "--credentials", "c.json").exitCode()).isEqualTo(3);
  }

  @Test
  void thereIsOneWayToLogInAtATime() {
    Shell.Result result =
        shell.run("auth", "login", "--with-token", "--password-stdin", "--server", "h");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Give only one of");
  }

  @Test
  void logoutForgetsAndTellsTheServer() throws IOException {
    shell.askable("s e&c+ret ").run("auth", "login", "--server", platform.url(), "-u", "alice");

    Shell.Result result = shell.run("auth", "logout");

    assertThat(result.exitCode()).isZero();
    assertThat(platform.lastRequest().path()).isEqualTo("/api/auth/logout");
    assertThat(platform.lastRequest().body()).isEqualTo("{\"refresh_token\":\"refresh-1\"}");
    assertThat(Files.readString(file())).doesNotContain("jwt-1");
    assertThat(shell.run("auth", "whoami").exitCode()).isEqualTo(4);
    assertThat(shell.run("auth", "logout").err()).isEqualTo("You are not logged in.\n");
  }

  @Test
  void logoutWorksWhenTheServerIsGone() {
    shell.askable("s e&c+ret ").run("auth", "login", "--server", platform.url(), "-u", "alice");
    platform.close();

    Shell.Result result = shell.run("auth", "logout");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("The server could not be told").contains("Logged out");
  }

  @Test
  void secretsOnTheOpenNetworkAreWarnedAbout() {
    Shell.Result result =
        shell
            .askable("x")
            .run(
                "auth",
                "login",
                "--server",
                "http://nowhere.invalid",
                "-u",
                "a",
                "--timeout",
                "1s");

    assertThat(result.err()).contains("warning: http://nowhere.invalid is not encrypted");
  }
}
