package io.crontopus.cli.admin;

import io.crontopus.cli.command.Reason;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus admin tenants resume}. */
@Command(
    name = "resume",
    description =
        "Let a tenant go on that was suspended, or deleted and is still there. Agents come back by themselves within a minute.",
    footer = "  crontopus admin tenants resume acme --reason 'paid'")
public final class ResumeTenant extends TenantCommand {
  @Mixin private final Reason reason = new Reason();

  public ResumeTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    show(api().post(path() + "/resume", reason.request()), tenant() + " is active.");
    return ExitCode.OK;
  }
}
