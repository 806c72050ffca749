package io.crontopus.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The top of the benches. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    description = {
      "Measure the platform on this machine, each figure together with what limits it.",
      "Every bench starts a platform of its own on throw-away data and removes it again; nothing else should run "
          + "meanwhile. The exit code is 0 when all was measured, whether or not the targets were met; it is another when "
          + "what a platform has acknowledged is not in its log, once."
    },
    footer = {
      "",
      "Examples:",
      "  ./crontopus bench checkins",
      "  ./crontopus bench all --json > results.jsonl"
    })
public final class BenchCommand {

  /** The command with one sub-command a bench. */
  public static CommandLine createCommandLine() {
    CommandLine top = new CommandLine(new BenchCommand());
    Benches.ALL.forEach(
        bench -> top.addSubcommand(bench.name(), BenchRun.commandLine(bench.name(), bench)));
    top.addSubcommand("all", BenchRun.commandLineOfAll());
    return top;
  }
}
