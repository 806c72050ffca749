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
      "Create an enrollment token: for one machine and a day, unless you ask for more.",
      "The secret is printed once, alone on standard output; everything else goes to standard error."
    },
    footer = {
      "  crontopus enrollment-tokens create web-servers --expires-in 7d --max-uses 20",
      "  crontopus enrollment-tokens create laptop > enroll.token",
      "  crontopus agent enroll --server URL --token-file enroll.token --data DIR"
    })
public final class CreateEnrollmentToken extends OnlineCommand {
  @Mixin private final Lifetime lifetime = new Lifetime();

  @Parameters(paramLabel = "NAME", description = "What the token is for.")
  private String name = "";

  @Option(
      names = "--max-uses",
      paramLabel = "N",
      description = "How many machines may use it; 0 for any number. Default: one.")
  private @Nullable Integer maxUses;

  @Option(
      names = "--never-expires",
      description = "It is good until it is revoked. Without this and --expires-in: for a day.")
  private boolean neverExpires;

  public CreateEnrollmentToken(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ObjectNode request = Json.object().put("name", name);
    lifetime.addTo(request);
    if (neverExpires) {
      if (request.has("expires_in_days")) {
        throw Failure.usage("--expires-in and --never-expires exclude each other.");
      }
      request.put("expires_in_days", 0);
    }
    if (maxUses != null) {
      if (maxUses < 0) {
        throw Failure.usage("--max-uses must be at least 1, or 0 for any number.");
      }
      request.put("max_uses", maxUses);
    }
    NewSecret.show(
        "enrollment token", api().post("/enrollment-tokens", request), printer(), surroundings());
    return ExitCode.OK;
  }
}
