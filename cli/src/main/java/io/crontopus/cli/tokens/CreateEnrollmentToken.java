package io.crontopus.cli.tokens;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code crontopus enrollment-tokens create}. */
@Command(
    name = "create",
    description = {
      "Create an enrollment token.",
      "The secret is printed once, alone on standard output; everything else goes to standard error."
    },
    footer = {
      "  crontopus enrollment-tokens create web-servers --expires-in 7d --max-uses 20",
      "  crontopus enrollment-tokens create laptop --max-uses 1 > enroll.token",
      "  crontopus agent enroll --server URL --token-file enroll.token --data DIR"
    })
public final class CreateEnrollmentToken extends OnlineCommand {
  @Mixin private final Lifetime lifetime = new Lifetime();

  @Parameters(paramLabel = "NAME", description = "What the token is for.")
  private String name = "";

  @Option(
      names = "--max-uses",
      paramLabel = "N",
      description = "How many machines may use it. Default: any number.")
  private @Nullable Integer maxUses;

  public CreateEnrollmentToken(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ObjectNode request = Json.object().put("name", name);
    lifetime.addTo(request);
    if (maxUses != null) {
      if (maxUses < 1) {
        throw Failure.usage("--max-uses must be at least 1.");
      }
      request.put("max_uses", maxUses);
    }
    NewSecret.show(
        "enrollment token", api().post("/enrollment-tokens", request), printer(), surroundings());
    return ExitCode.OK;
  }
}
