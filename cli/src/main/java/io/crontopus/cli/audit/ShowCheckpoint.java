package io.crontopus.cli.audit;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.http.TextLines;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crontopus audit checkpoint}. */
@Command(
    name = "checkpoint",
    description = {
      "Print the newest signed checkpoint.",
      "Keep it where the platform cannot reach it: with it, a log that was cut is found."
    },
    footer = {
      "  crontopus audit checkpoint > 2026-01-31.checkpoint",
      "  crontopus audit verify log.ndjson --key audit.pub --since 2026-01-31.checkpoint"
    })
public final class ShowCheckpoint extends OnlineCommand {

  @Option(names = "--size", paramLabel = "N", description = "The one of exactly so many events.")
  private String size = "";

  @Option(names = "--platform", description = "That of the platform's own log of checkpoints.")
  private boolean isPlatform;

  public ShowCheckpoint(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Query query = Query.NONE.with("tree_size", size).with("log", isPlatform ? "platform" : "");
    try (TextLines lines = api().lines("/audit/checkpoint", query, "text/plain")) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        surroundings().data().line(line);
      }
    } catch (IOException e) {
      throw new Failure(ExitCode.UNREACHABLE, "The answer broke off: " + e.getMessage() + ".");
    }
    return ExitCode.OK;
  }
}
