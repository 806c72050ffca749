package io.crontopus.cli.endpoints;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code crontopus endpoints rotate}. */
@Command(
    name = "rotate",
    description = {
      "Have endpoints exchange their tokens, which happens when their agents are connected.",
      "Nothing is interrupted: the old token ends when the agent uses the new one."
    },
    footer = {
      "  crontopus endpoints rotate ENDPOINT",
      "  crontopus endpoints list -q --all | xargs crontopus endpoints rotate"
    })
public final class RotateEndpointTokens extends OnlineCommand {
  @Parameters(paramLabel = "ENDPOINT", arity = "1..*", description = "Ids of endpoints.")
  private List<String> ids = List.of();

  public RotateEndpointTokens(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ApiClient api = api();
    for (String id : ids) {
      api.postForNothing("/endpoints/" + Query.segment(id) + "/rotate", Json.object());
      surroundings().say(SafeText.line("Endpoint " + id + " will exchange its token."));
    }
    return ExitCode.OK;
  }
}
