package io.crontopus.cli.command;

import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.OutputFailed;
import io.crontopus.cli.shell.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A verb. What goes wrong is told here, in the same way for all of them and whatever command they
 * hang under: one line on standard error, what to do about it, and the exit code.
 */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; standard error says why",
      "2:wrong usage",
      "3:not found",
      "4:not logged in, or not allowed",
      "5:the server cannot be reached",
      "6:refused: a conflict, or no confirmation"
    },
    footerHeading = "%nExamples:%n")
public abstract class CliCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = Integer.MAX_VALUE,
      description = "Show this help.")
  private boolean unusedHelp;

  protected CliCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  protected final Surroundings surroundings() {
    return surroundings;
  }

  /**
   * Does the work.
   *
   * @return the exit code
   * @throws Failure when it cannot be done
   */
  protected abstract int run() throws InterruptedException;

  @Override
  public final Integer call() {
    try {
      int exitCode = run();
      surroundings.data().flush();
      return exitCode;
    } catch (Failure failure) {
      return tell(failure);
    } catch (OutputFailed failure) {
      return failure.isBrokenPipe()
          ? ExitCode.BROKEN_PIPE
          : tell(failed("Standard output cannot be written", failure.reason()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return tell(new Failure(ExitCode.FAILED, "Interrupted."));
    } catch (RuntimeException e) {
      return tellUnexpected(e);
    } finally {
      end();
    }
  }

  /** Gives back what the command used. */
  protected void end() {}

  private int tell(Failure failure) {
    showWhatThereIs();
    surroundings.say("error: " + SafeText.line(failure.getMessage()));
    failure.hints().forEach(hint -> surroundings.say(SafeText.line(hint)));
    return failure.exitCode();
  }

  /** Rows that came before the failure belong before its message. */
  private void showWhatThereIs() {
    try {
      surroundings.data().flush();
    } catch (OutputFailed e) {
      // The failure that is being told came first.
    }
  }

  private int tellUnexpected(RuntimeException unexpected) {
    int exitCode = tell(failed("Something unexpected went wrong", unexpected.toString()));
    if (surroundings.variable("CRONTOPUS_DEBUG").isPresent()) {
      unexpected.printStackTrace(surroundings.talk().asPrintWriter());
    } else {
      surroundings.say("Set CRONTOPUS_DEBUG=1 to see where.");
    }
    return exitCode;
  }

  private static Failure failed(String what, String reason) {
    return new Failure(ExitCode.FAILED, what + ": " + reason + ".");
  }
}
