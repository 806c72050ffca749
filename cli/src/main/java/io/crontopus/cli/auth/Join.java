package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus auth join}. */
@Command(
    name = "join",
    description = {
      "Accept an invitation: choose a name and a password, and log in.",
      "The password is asked for without showing it."
    },
    footer = {
      "  crontopus auth join --server URL --invitation invitation --username bob",
      "  crontopus auth join --server URL --invitation invitation -u bob --password-stdin <"
          + " password"
    })
public final class Join extends CliCommand {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--invitation",
      paramLabel = "FILE",
      required = true,
      description = "The file that holds the invitation's token.")
  private String invitation = "";

  @Option(
      names = {"-u", "--username"},
      paramLabel = "NAME",
      description = "The name to log in with. Asked for when it is not given.")
  private @Nullable String username;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  private boolean isPasswordOnInput;

  public Join(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Session session = connection.session(surroundings());
    ServerUrl server =
        session
            .knownServer()
            .orElseThrow(() -> Failure.usage("Which server? Name it with --server URL."));
    String token = token();
    var signIn = new SignIn(session);
    signIn.warnIfOverheard(server);
    var prompts = new Prompts(surroundings());
    String name = username == null ? prompts.username() : username;
    String password = prompts.password(name, server, isPasswordOnInput);
    try (ApiClient api = session.anonymousApi(server)) {
      api.post(
          "/auth/accept-invitation",
          Json.object().put("token", token).put("username", name).put("password", password));
    }
    signIn.withPassword(server, name, password);
    return ExitCode.OK;
  }

  private String token() {
    try {
      return Files.readString(surroundings().file(invitation)).strip();
    } catch (IOException e) {
      throw Failure.usage("The invitation in " + invitation + " cannot be read.");
    }
  }
}
