package io.crontopus.agent.validate;

import io.crontopus.agent.ExitCodes;
import io.crontopus.manifest.ManifestParser;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ManifestSet;
import io.crontopus.manifest.ParsedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code agent validate}. */
@Command(
    name = "validate",
    description = "Check manifests, alone or a whole repository.",
    footer = {
      "",
      "Problems are printed as path:line:column: field: message; the exit status is then 1.",
      "A folder is taken for the repository's root; a file's folder for its namespace.",
      "",
      "Examples:",
      "  agent validate default/backup.yaml",
      "  agent validate ."
    })
public final class ValidateCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "What to check.")
  List<Path> paths = new ArrayList<>();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      List<ParsedManifest> parsed = new ArrayList<>();
      for (Path path : paths) {
        if (!Files.exists(path)) {
          return ExitCodes.fail(spec, ExitCodes.NOT_FOUND, "no file or folder " + path);
        }
        parsed.addAll(Files.isDirectory(path) ? folder(path) : List.of(file(path)));
      }
      List<ManifestProblem> problems = new ArrayList<>();
      parsed.forEach(file -> problems.addAll(file.problems()));
      problems.addAll(ManifestSet.check(parsed));
      problems.forEach(problem -> spec.commandLine().getOut().println(problem));
      int jobs = parsed.stream().mapToInt(file -> file.jobs().size()).sum();
      spec.commandLine()
          .getErr()
          .printf("%d files, %d jobs, %d problems%n", parsed.size(), jobs, problems.size());
      return problems.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    } catch (IOException e) {
      return ExitCodes.fail(spec, ExitCodes.FAILED, "cannot read " + e.getMessage());
    }
  }

  private static List<ParsedManifest> folder(Path root) throws IOException {
    List<ParsedManifest> parsed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (ManifestParser.isManifest(path)) {
          parsed.add(ManifestParser.parse(path, Files.readAllBytes(file)));
        }
      }
    }
    return parsed;
  }

  /** A lone file: as it was given when that has a namespace, else with its folder's name. */
  private static ParsedManifest file(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    boolean given = !file.isAbsolute() && file.normalize().getNameCount() == 2;
    int count = absolute.getNameCount();
    Path path = given ? file.normalize() : absolute.subpath(Math.max(0, count - 2), count);
    return ManifestParser.parse(path.toString().replace('\\', '/'), Files.readAllBytes(file));
  }
}
