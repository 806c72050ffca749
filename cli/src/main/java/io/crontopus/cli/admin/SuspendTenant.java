package io.crontopus.cli.admin;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.Reason;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus admin tenants suspend}. */
@Command(
    name = "suspend",
    description = {
      "Stop everything of a tenant: its people, tokens, agents and Git get 403 on every node within a second.",
      "Nothing is lost: jobs go on in their crontabs, agents keep their reports, and resume brings all of it back."
    },
    footer = {
      "  crontopus admin tenants suspend acme --reason 'unpaid since March'",
      "  crontopus admin tenants suspend acme --reason 'unpaid since March' --yes"
    })
public final class SuspendTenant extends TenantCommand {
  @Mixin private final Reason reason = new Reason();
  @Mixin private final Confirmation confirmation = new Confirmation();

  public SuspendTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    confirmation.requireTyped(
        tenant(), "Nobody of tenant " + tenant() + " will get in any more.", surroundings());
    show(api().post(path() + "/suspend", reason.request()), tenant() + " is suspended.");
    return ExitCode.OK;
  }
}
