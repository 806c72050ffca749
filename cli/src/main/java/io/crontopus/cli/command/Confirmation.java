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
    if (!surroundings.terminal().inputIsTerminal()) {
      throw new Failure(
          ExitCode.REFUSED,
          "This cannot be undone, and there is no terminal to ask on.",
          "Add --yes if you are sure.");
    }
    surroundings.talk().print(SafeText.line(question) + " [y/N] ");
    surroundings.talk().flush();
    String answer = surroundings.readLine().orElse("").strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new Failure(ExitCode.REFUSED, "Nothing was changed.");
    }
  }
}
