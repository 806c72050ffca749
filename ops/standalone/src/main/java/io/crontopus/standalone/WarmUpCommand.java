package io.crontopus.standalone;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Loads the classes that commands need, for the launcher's class-data archive: it does what
 * commands do, as far as that touches nothing.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Load the classes of commands, for the launcher.")
final class WarmUpCommand implements Runnable {

  /** Nobody listens on the discard port of this machine, so that a call is made and fails. */
  private static final List<String> UNREACHABLE =
      List.of("--server", "http://127.0.0.1:9", "--timeout", "1s");

  @Override
  public void run() {
    CommandLine commands = Main.createCommandLine();
    commands.getUsageMessage();
    execute(List.of("status", "--data", "/nonexistent"));
    execute(List.of("status", "--data", "/nonexistent", "-o", "json"));
    execute(concat(List.of("runs", "list", "-o", "json")));
    execute(concat(List.of("jobs", "list")));
  }

  private static List<String> concat(List<String> command) {
    return Stream.of(UNREACHABLE, command).flatMap(List::stream).toList();
  }

  private static void execute(List<String> arguments) {
    Main.createCommandLine().execute(arguments.toArray(String[]::new));
  }
}
