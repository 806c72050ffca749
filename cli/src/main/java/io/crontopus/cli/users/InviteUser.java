package io.crontopus.cli.users;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.cli.tokens.Lifetime;
import io.crontopus.cli.tokens.NewSecret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code crontopus users invite}. */
@Command(
    name = "invite",
    description = {
      "Invite somebody to the tenant.",
      "The invitation's token is printed once, alone on standard output: hand it over, and they"
          + " accept it with: crontopus auth join",
      "A platform that sends e-mail sends it to them as well."
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
    JsonNode made = api().post("/invitations", request);
    NewSecret.show("invitation", made, printer(), surroundings());
    if (made.path("mailed").asBoolean(false)) {
      surroundings().say(SafeText.line("It is sent to " + email + " as well."));
    }
    return ExitCode.OK;
  }
}
