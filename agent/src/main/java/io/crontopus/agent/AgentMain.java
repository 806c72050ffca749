package io.crontopus.agent;

import picocli.CommandLine;

/** The agent as a program of its own. */
public final class AgentMain {

  private AgentMain() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line that {@link #main} runs. */
  static CommandLine commandLine() {
    return new CommandLine(new AgentCommand());
  }
}
