package io.crontopus.cli.jobs;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.command.FormatOptions;
import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crontopus jobs validate}. */
@Command(
    name = "validate",
    description = {
      "Check job manifests, as the platform will when they are pushed. Needs no server.",
      "Prints path:line:column: field: message for each problem; exit code 1 when there is one.",
      "A manifest's namespace is the first directory of its path in the repository. The repository is"
          + " --root, else the Git work tree around the file, else the directory that was given."
    },
    footer = {
      "  crontopus jobs validate .",
      "  crontopus jobs validate default/backup.yaml platform/",
      "  crontopus jobs validate - < backup.yaml",
      "  crontopus jobs validate . -o json | jq '.errors[].message'"
    })
public final class ValidateManifests extends CliCommand {
  @Mixin private final FormatOptions format = new FormatOptions();

  @Parameters(
      paramLabel = "FILE|DIR",
      arity = "1..*",
      description = "Manifests, and directories of manifests; - for standard input.")
  private List<String> names = List.of();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The repository's top directory, when it is not the top of a Git work tree.")
  private @Nullable String root;

  public ValidateManifests(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    var found = new ManifestFiles(surroundings(), root);
    Validation validation = Validation.of(found.find(names));
    Printer printer = format.printer(surroundings());
    printer.one(
        validation.toJson(),
        () ->
            validation
                .problems()
                .forEach(problem -> printer.out().line(SafeText.line(problem.toString()))));
    if (format.format() == OutputFormat.TABLE) {
      surroundings().say(validation.summary());
    }
    return validation.isValid() ? ExitCode.OK : ExitCode.FAILED;
  }
}
