package io.crontopus.cli.admin;

import io.crontopus.cli.command.Reason;
import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.cli.tokens.Lifetime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code crontopus admin tenants create}. */
@Command(
    name = "create",
    description = {
      "Make a tenant, and an invitation for its first owner.",
      "The invitation's token is printed once, alone on standard output: hand it over, and they"
          + " accept it with: crontopus auth join"
    },
    footer = {
      "  crontopus admin tenants create acme --username ann --email ann@example.org --reason 'contract 17' > invitation"
    })
public final class CreateTenant extends TenantCommand {
  @Mixin private final Reason reason = new Reason();
  @Mixin private final Lifetime lifetime = new Lifetime();

  @Option(
      names = "--username",
      required = true,
      paramLabel = "NAME",
      description = "The user name that is proposed to the owner.")
  private String username = "";

  @Option(
      names = "--email",
      required = true,
      paramLabel = "E-MAIL",
      description = "The owner's e-mail address.")
  private String email = "";

  public CreateTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ObjectNode request =
        reason.request().put("slug", tenant()).put("username", username).put("email", email);
    lifetime.addTo(request);
    JsonNode created = api().post("/admin/tenants", request);
    Row invitation = new Row(created).child("invitation");
    Printer printer = printer();
    printer.one(created, () -> printer.out().line(SafeText.line(invitation.text("token"))));
    if (printer.format() == OutputFormat.TABLE) {
      String end = invitation.time("expires_at").map(time -> ", which expires " + time).orElse("");
      surroundings()
          .say(
              SafeText.line(
                  "Created tenant " + tenant() + " and an invitation for " + email + end + "."));
      surroundings().say("Keep it now: it is not shown again.");
    }
    return ExitCode.OK;
  }
}
