package io.crontopus.cli;

import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what is wrong with what they typed, in a few lines instead of the whole help. */
record UsageErrors(Surroundings surroundings) implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    if (arguments.length == 0) {
      command.usage(surroundings.talk().asPrintWriter());
      return ExitCode.USAGE;
    }
    surroundings.say("error: " + SafeText.line(message(error, command)));
    if (error instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        surroundings.say("Did you mean: " + String.join(", ", suggestions) + "?");
      }
    }
    surroundings.say("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException error, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    if (error instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return first.startsWith("-")
          ? name + " has no option " + first + "."
          : command.getSubcommands().isEmpty()
              ? name + " does not take '" + first + "'."
              : name + " has no command '" + first + "'.";
    }
    if (error instanceof CommandLine.MissingParameterException
        || command.getSubcommands().isEmpty()) {
      return String.valueOf(error.getMessage());
    }
    return name + " needs one of: " + String.join(", ", command.getSubcommands().keySet()) + ".";
  }
}
