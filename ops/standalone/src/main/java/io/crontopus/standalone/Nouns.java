package io.crontopus.standalone;

import io.crontopus.agent.AgentCommand;
import io.crontopus.bench.BenchCommand;
import io.crontopus.cli.CrontopusCli;
import picocli.CommandLine;

/** The commands of other modules. */
final class Nouns {

  private Nouns() {}

  static void addTo(CommandLine top) {
    new CrontopusCli().addTo(top);
    top.addSubcommand(new AgentCommand());
    top.addSubcommand(BenchCommand.createCommandLine());
  }
}
