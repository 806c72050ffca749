package io.crontopus.cli.tokens;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code crontopus enrollment-tokens revoke}. */
@Command(
    name = "revoke",
    description = {
      "Revoke enrollment tokens: no further machine can use them.",
      "Machines that have enrolled already stay endpoints."
    },
    footer = {
      "  crontopus enrollment-tokens revoke TOKEN-ID",
      "  crontopus enrollment-tokens revoke TOKEN-ID --yes"
    })
public final class RevokeEnrollmentTokens extends OnlineCommand {
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Parameters(paramLabel = "TOKEN-ID", arity = "1..*", description = "Ids of enrollment tokens.")
  private List<String> ids = List.of();

  public RevokeEnrollmentTokens(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Revocation.of(
        "enrollment token", "/enrollment-tokens/", ids, api(), confirmation, surroundings());
    return ExitCode.OK;
  }
}
