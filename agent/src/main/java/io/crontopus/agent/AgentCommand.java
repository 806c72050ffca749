package io.crontopus.agent;

import io.crontopus.agent.enroll.EnrollCommand;
import io.crontopus.agent.run.RunCommand;
import io.crontopus.agent.status.StatusCommand;
import io.crontopus.agent.sync.SyncCommand;
import io.crontopus.agent.validate.ValidateCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code agent}: the daemon and what belongs to it. Usable alone or below another command. */
@Command(
    name = "agent",
    description = "Run the jobs that Git says should run on this machine, and report every run.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = {
      EnrollCommand.class,
      RunCommand.class,
      SyncCommand.class,
      StatusCommand.class,
      ValidateCommand.class
    })
public final class AgentCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? See --help");
  }
}
