package io.crontopus.standalone;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(createCommandLine().execute(args));
  }

  static CommandLine createCommandLine() {
    CommandLine commandLine = new CommandLine(new Crontopus());
    commandLine.setExecutionExceptionHandler(Main::explain);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    Nouns.addTo(commandLine);
    return commandLine;
  }

  private static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (problem instanceof Refusal refusal) {
      command.getErr().println("crontopus: " + refusal.getMessage());
      return refusal.exitCode();
    }
    throw problem;
  }
}
