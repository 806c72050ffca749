package io.crontopus.cli.audit;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crontopus audit keys}. */
@Command(
    name = "keys",
    description = "List the public keys that checkpoints were and are signed with.",
    footer = {"  crontopus audit keys -q > audit.pub"})
public final class ListKeys extends OnlineCommand {

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the keys, one a line, as verify takes them.")
  private boolean isQuiet;

  public ListKeys(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    format()
        .printer(surroundings(), isQuiet)
        .list(
            new Listing(
                "keys",
                key -> key.text("key"),
                Column.of("KEY", key -> key.text("key")),
                Column.of("FROM", key -> key.text("valid_from")),
                Column.of("TO", key -> key.text("valid_to"))),
            api().get("/audit/keys").path("keys").values());
    return ExitCode.OK;
  }
}
