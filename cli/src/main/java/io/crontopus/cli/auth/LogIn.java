package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus auth login}. */
@Command(
    name = "login",
    description = {
      "Log in, and use that server from now on.",
      "Without further options it shows a code, and waits until somebody approves it in a browser. Or with a"
          + " user name and a password, which is asked for without showing it; or with an API token."
    },
    footer = {
      "  crontopus auth login --server https://crontopus.example.org",
      "  crontopus auth login --server http://127.0.0.1:8080 --username alice",
      "  crontopus auth login --credentials DIR/credentials.json     (written by crontopus up)",
      "  crontopus auth login --server URL --with-token < ci.token",
      "  crontopus auth login --server URL --username alice --password-stdin < password"
    })
public final class LogIn extends CliCommand {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-u", "--username"},
      paramLabel = "NAME",
      description = "Who logs in with a password.")
  private @Nullable String username;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  private boolean isPasswordOnInput;

  @Option(names = "--with-token", description = "Read an API token from standard input.")
  private boolean isTokenOnInput;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "Log in with a credentials file that crontopus up has written.")
  private @Nullable String credentials;

  public LogIn(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() throws InterruptedException {
    Session session = connection.session(surroundings());
    requireOneWay(session);
    var signIn = new SignIn(session);
    if (credentials != null) {
      withCredentials(WrittenCredentials.read(surroundings().file(credentials)), session);
    } else if (isTokenOnInput || session.token().isPresent()) {
      String token = session.token().orElseGet(() -> surroundings().readInput().strip());
      signIn.withToken(server(session), token);
    } else if (username == null && !isPasswordOnInput) {
      signIn.byApproval(server(session));
    } else {
      ServerUrl server = server(session);
      var prompts = new Prompts(surroundings());
      String name = username == null ? prompts.username() : username;
      signIn.withPassword(server, name, prompts.password(name, server, isPasswordOnInput));
    }
    return ExitCode.OK;
  }

  private void requireOneWay(Session session) {
    int ways = 0;
    ways += credentials == null ? 0 : 1;
    ways += isTokenOnInput ? 1 : 0;
    ways += session.token().isPresent() ? 1 : 0;
    ways += isPasswordOnInput ? 1 : 0;
    if (ways > 1) {
      throw Failure.usage(
          "Give only one of --credentials, --with-token, --token-file and --password-stdin.");
    }
  }

  /**
   * A server that is named on the command line wins over the one in the file: it may have moved.
   */
  private static void withCredentials(WrittenCredentials written, Session session) {
    var signIn = new SignIn(session.trusting(written.caFile()));
    ServerUrl server = ServerUrl.parse(session.server().orElse(written.url()));
    if (written.hasPassword()) {
      signIn.withPassword(server, written.username(), written.password());
    } else {
      signIn.withToken(server, written.token());
    }
  }

  private static ServerUrl server(Session session) {
    Optional<ServerUrl> known = session.knownServer();
    return known.orElseThrow(
        () ->
            Failure.usage(
                "Which server? Name it with --server URL.",
                "crontopus up prints the address of the platform that it starts."));
  }
}
