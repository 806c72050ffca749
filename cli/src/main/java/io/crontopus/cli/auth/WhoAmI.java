package io.crontopus.cli.auth;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code crontopus auth whoami}. */
@Command(
    name = "whoami",
    description = "Show who is logged in, and where.",
    footer = {"  crontopus auth whoami", "  crontopus auth whoami -o json | jq -r .tenant_id"})
public final class WhoAmI extends OnlineCommand {

  public WhoAmI(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ApiClient api = api();
    JsonNode answer = api.get("/auth/me");
    Printer printer = printer();
    printer.one(answer, () -> draw(new Row(answer), api, printer));
    return ExitCode.OK;
  }

  private static String email(Row user) {
    String address = user.text("email");
    return user.isFalse("email_verified") && !address.isEmpty()
        ? address + " (not confirmed)"
        : address;
  }

  private static void draw(Row user, ApiClient api, Printer printer) {
    printer
        .details()
        .add("User", user.text("username"))
        .add("E-mail", email(user))
        .add("Tenant", user.text("tenant_id"))
        .add("Roles", user.joined("roles"))
        .add("May", user.joined("scopes"))
        .add("Server", api.server().value())
        .write();
  }
}
