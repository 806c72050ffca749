package io.crontopus.cli.command;

import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something that cannot be undone. */
public final class Confirmation {

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; needed where there is no terminal to ask on.")
  private boolean isGiven;

  /**
   * Returns when the answer is yes.
   *
   * @throws Failure when it is no, or when nobody can be asked
   */
  public void require(String question, Surroundings surroundings) {
    if (isGiven) {
      return;
    }
    String answer =
        ask(question + " [y/N]", "This cannot be undone", surroundings).toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new Failure(ExitCode.REFUSED, "Nothing was changed.");
    }
  }

  /**
   * Returns when somebody typed the name of what is concerned.
   *
   * @throws Failure when they typed something else, or when nobody can be asked
   */
  public void requireTyped(String name, String warning, Surroundings surroundings) {
    if (isGiven) {
      return;
    }
    if (!ask(warning + " Type its name to go on:", warning, surroundings).equals(name)) {
      throw new Failure(ExitCode.REFUSED, "That is not its name; nothing was changed.");
    }
  }

  private static String ask(String question, String why, Surroundings surroundings) {
    if (!surroundings.terminal().inputIsTerminal()) {
      throw new Failure(
          ExitCode.REFUSED,
          why.replaceFirst("\\.$", "") + ", and there is no terminal to ask on.",
          "Add --yes if you are sure.");
    }
    surroundings.talk().print(SafeText.line(question) + " ");
    surroundings.talk().flush();
    return surroundings.readLine().orElse("").strip();
  }
}
