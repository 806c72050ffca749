package io.crontopus.cli.completion;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crontopus completion}. */
@Command(
    name = "completion",
    description = "Print a script that makes a shell complete commands and options.",
    footer = {
      "  source <(crontopus completion bash)                                  # bash: in ~/.bashrc",
      "  source <(crontopus completion zsh)                                   # zsh: in ~/.zshrc",
      "  crontopus completion fish > ~/.config/fish/completions/crontopus.fish"
    })
public final class CompletionCommand extends CliCommand {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private String shell = "";

  public CompletionCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    if (spec == null) {
      throw new IllegalStateException("The command was not set up");
    }
    CommandLine top = spec.root().commandLine();
    String script =
        switch (shell) {
          case "bash", "zsh" -> AutoComplete.bash(top.getCommandName(), top);
          case "fish" -> FishCompletion.script(top);
          default -> throw Failure.usage("'" + shell + "' is not one of: bash, zsh, fish.");
        };
    surroundings().data().print(script);
    return ExitCode.OK;
  }
}
