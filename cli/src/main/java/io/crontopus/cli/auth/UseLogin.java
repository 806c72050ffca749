package io.crontopus.cli.auth;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.context.Login;
import io.crontopus.cli.context.LoginStore;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code crontopus auth use}. */
@Command(
    name = "use",
    description = {
      "Use another of the servers that you are logged in at, from now on.",
      "For one command there is --server."
    },
    footer = {"  crontopus auth use https://staging.example.org", "  crontopus auth use staging"})
public final class UseLogin extends CliCommand {

  @Parameters(
      paramLabel = "SERVER",
      description = "Its address, or a part of it that no other has.")
  private String wanted = "";

  public UseLogin(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    var store = new LoginStore(surroundings());
    List<Login> all = store.all();
    ServerUrl server =
        all.stream()
            .map(Login::server)
            .filter(known -> isExactly(known))
            .findFirst()
            .orElseGet(() -> byPart(all));
    if (!store.use(server)) {
      throw unknown();
    }
    surroundings().say(SafeText.line("Using " + server + "."));
    return ExitCode.OK;
  }

  private boolean isExactly(ServerUrl known) {
    return known.value().equals(wanted.strip().replaceFirst("/+$", ""));
  }

  private ServerUrl byPart(List<Login> all) {
    String part = wanted.strip().toLowerCase(Locale.ROOT);
    List<ServerUrl> found =
        all.stream()
            .map(Login::server)
            .filter(server -> !part.isEmpty() && server.value().contains(part))
            .toList();
    if (found.size() > 1) {
      throw Failure.usage(
          "'" + wanted + "' is in the addresses of several servers.",
          found.stream().map(server -> "  " + server).toArray(String[]::new));
    }
    return found.stream().findFirst().orElseThrow(this::unknown);
  }

  private Failure unknown() {
    return new Failure(
        ExitCode.NOT_FOUND,
        "You are not logged in at '" + wanted + "'.",
        "See where you are with: crontopus auth list");
  }
}
