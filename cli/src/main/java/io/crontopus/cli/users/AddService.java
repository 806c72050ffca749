package io.crontopus.cli.users;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code crontopus users add-service}. */
@Command(
    name = "add-service",
    description = {
      "Add a service: a user that is a program, and stays when people go.",
      "It cannot log in; give it tokens with: crontopus tokens create NAME --for USER-ID"
    },
    footer = {"  crontopus users add-service ci --role operator"})
public final class AddService extends OnlineCommand {

  @Parameters(paramLabel = "NAME", description = "What it is called.")
  private String name = "";

  @Option(
      names = {"-r", "--role"},
      paramLabel = "ROLE",
      required = true,
      description = "What it may do: admin, operator or viewer.")
  private String role = "";

  public AddService(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ObjectNode request =
        Json.object().put("kind", "service").put("username", name).put("role", Roles.checked(role));
    JsonNode added = api().post("/users", request);
    Printer printer = printer();
    printer.one(added, () -> printer.out().line(SafeText.line(new Row(added).text("id"))));
    return ExitCode.OK;
  }
}
