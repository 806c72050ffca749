package io.crontopus.cli.tokens;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus tokens revoke}. */
@Command(
    name = "revoke",
    description = "Revoke API tokens: from then on nobody can use them.",
    footer = {"  crontopus tokens revoke TOKEN-ID", "  crontopus tokens revoke TOKEN-ID --yes"})
public final class RevokeTokens extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(paramLabel = "TOKEN-ID", arity = "1..*", description = "Ids of tokens.")
  private List<String> ids = List.of();

  public RevokeTokens(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Revocation.of("token", "/tokens/", ids, api(), confirmation, surroundings());
    return ExitCode.OK;
  }
}
