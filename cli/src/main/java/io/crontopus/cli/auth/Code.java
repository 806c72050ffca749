package io.crontopus.cli.auth;

import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The code of a letter. It is a secret: it comes from a file or a prompt, never as an argument. */
final class Code {

  @Option(
      names = "--code",
      paramLabel = "FILE",
      description = "The file that holds the letter's code. Asked for when it is not given.")
  private @Nullable String file;

  String read(Surroundings surroundings) {
    return file == null ? asked(surroundings) : inFile(surroundings, file);
  }

  private static String asked(Surroundings surroundings) {
    return surroundings
        .terminal()
        .askSecret("Code of the letter: ")
        .map(String::strip)
        .filter(code -> !code.isEmpty())
        .orElseThrow(
            () ->
                Failure.usage(
                    "There is no terminal to ask for the code on.", "Give it with --code FILE."));
  }

  private static String inFile(Surroundings surroundings, String file) {
    try {
      return Files.readString(surroundings.file(file)).strip();
    } catch (IOException e) {
      throw Failure.usage("The code in " + file + " cannot be read.");
    }
  }
}
