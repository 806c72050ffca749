package io.crontopus.standalone;

import io.crontopus.standalone.demo.DemoCommand;
import io.crontopus.standalone.lifecycle.DownCommand;
import io.crontopus.standalone.lifecycle.LogsCommand;
import io.crontopus.standalone.lifecycle.StatusCommand;
import io.crontopus.standalone.lifecycle.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The top of the launcher's commands. */
@Command(
    name = "crontopus",
    mixinStandardHelpOptions = true,
    versionProvider = Crontopus.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Git says what should run, the event log says what did run.",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      WarmUpCommand.class
    },
    footer = {
      "",
      "Start with:",
      "  ./crontopus demo     everything on throw-away data, with runs to watch",
      "  ./crontopus up       the platform, on data that stays"
    })
final class Crontopus {

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Crontopus.class.getPackage().getImplementationVersion();
      return new String[] {"crontopus " + (version == null ? "(not packaged)" : version)};
    }
  }
}
