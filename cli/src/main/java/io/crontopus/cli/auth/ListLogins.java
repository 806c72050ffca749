package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.FormatOptions;
import io.crontopus.cli.context.Login;
import io.crontopus.cli.context.LoginStore;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code crontopus auth list}. */
@Command(
    name = "list",
    description = {
      "List the servers that you are logged in at, the one that is used first.",
      "It asks none of them whether they still know you, and shows no secrets."
    },
    footer = {"  crontopus auth list", "  crontopus auth list -q"})
public final class ListLogins extends CliCommand {
  @Mixin private final FormatOptions format = new FormatOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the servers only.")
  private boolean isQuiet;

  public ListLogins(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    List<Login> logins = new LoginStore(surroundings()).all();
    int shown =
        format
            .printer(surroundings(), isQuiet)
            .list(
                new Listing(
                    "logins",
                    login -> login.text("server"),
                    Column.of("SERVER", login -> login.text("server")),
                    Column.of("USED", login -> login.flag("used") ? "yes" : ""),
                    Column.of("USER", login -> login.text("username")),
                    Column.of("WITH", login -> login.text("with")),
                    Column.elastic("CERTIFICATES", login -> login.text("ca_file"))),
                logins.stream().map(login -> row(login, login.equals(logins.getFirst()))).toList());
    if (shown == 0 && !isQuiet) {
      surroundings().say("You are not logged in anywhere.");
    }
    return ExitCode.OK;
  }

  private static JsonNode row(Login login, boolean isUsed) {
    return Json.object()
        .put("server", login.server().value())
        .put("used", isUsed)
        .put("username", login.username())
        .put("with", login.refreshToken().isEmpty() ? "API token" : "session")
        .put("ca_file", login.caFile().map(Path::toString).orElse(""));
  }
}
