package io.crontopus.cli.tokens;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code crontopus tokens create}. */
@Command(
    name = "create",
    description = {
      "Create an API token.",
      "The secret is printed once, alone on standard output; everything else goes to standard"
          + " error."
    },
    footer = {
      "  crontopus tokens create dashboard --scopes read:runs,read:jobs",
      "  crontopus tokens create ci --scopes write:jobs --expires-in 30d > ci.token",
      "  crontopus tokens create deploy --scopes write:jobs --for USER-ID"
    })
public final class CreateToken extends OnlineCommand {
  @Mixin private final Lifetime lifetime = new Lifetime();

  @Parameters(paramLabel = "NAME", description = "What the token is for.")
  private String name = "";

  @Option(
      names = {"-s", "--scopes"},
      paramLabel = "SCOPE",
      split = ",",
      required = true,
      description = Scopes.HELP)
  private List<String> scopes = List.of();

  @Option(
      names = "--for",
      paramLabel = "USER-ID",
      description = "The service that the token is for. Default: yourself.")
  private @Nullable String service;

  public CreateToken(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ObjectNode request = Json.object().put("name", name);
    ArrayNode list = request.putArray("scopes");
    Scopes.checked(scopes).forEach(list::add);
    lifetime.addTo(request);
    if (service != null) {
      request.put("user_id", service);
    }
    NewSecret.show("token", api().post("/tokens", request), printer(), surroundings());
    return ExitCode.OK;
  }
}
