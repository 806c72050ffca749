package io.crontopus.cli.users;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.cli.tokens.Lifetime;
import io.crontopus.cli.tokens.NewSecret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code crontopus users invite}. */
@Command(
    name = "invite",
    description = {
      "Invite somebody to the tenant.",
      "The invitation's token is printed once, alone on standard output: hand it over, and they"
          + " accept it with: crontopus auth join"
    },
    footer = {
      "  crontopus users invite bob@example.org --role operator",
      "  crontopus users invite eve@example.org --role viewer --expires-in 2d > invitation"
    })
public final class InviteUser extends OnlineCommand {
  @Mixin private final Lifetime lifetime = new Lifetime();

  @Parameters(paramLabel = "E-MAIL", description = "Their e-mail address.")
  private String email = "";

  @Option(
      names = {"-r", "--role"},
      paramLabel = "ROLE",
      required = true,
      description = Roles.HELP)
  private String role = "";

  public InviteUser(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ObjectNode request = Json.object().put("email", email).put("role", Roles.checked(role));
    lifetime.addTo(request);
    NewSecret.show("invitation", api().post("/invitations", request), printer(), surroundings());
    return ExitCode.OK;
  }
}
