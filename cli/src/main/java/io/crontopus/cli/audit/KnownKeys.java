package io.crontopus.cli.audit;

import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SignedNote;
import io.crontopus.proof.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The public keys that the auditor trusts. */
record KnownKeys(List<VerifierKey> keys) {

  /** Reads keys, and files with a key on each line. */
  static KnownKeys of(List<String> options, Surroundings surroundings) {
    List<VerifierKey> keys = new ArrayList<>();
    for (String option : options) {
      Path file = surroundings.file(option);
      try {
        if (Files.isRegularFile(file)) {
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(VerifierKey::parse)
              .forEach(keys::add);
        } else if (option.indexOf('+') < 0) {
          throw new Failure(ExitCode.NOT_FOUND, "There is no file " + option + ".");
        } else {
          keys.add(VerifierKey.parse(option));
        }
      } catch (IOException e) {
        throw new Failure(ExitCode.FAILED, "The file " + option + " cannot be read: " + e + ".");
      } catch (IllegalArgumentException e) {
        throw Failure.usage(option + ": " + e.getMessage() + ".");
      }
    }
    if (keys.isEmpty()) {
      throw Failure.usage("There is no key in " + String.join(", ", options) + ".");
    }
    return new KnownKeys(keys);
  }

  /** The key that signed this checkpoint of its log, if one of these did. */
  Optional<VerifierKey> signer(SignedNote note, Checkpoint checkpoint) {
    return note.signers(keys).stream()
        .filter(key -> key.name().equals(checkpoint.origin()))
        .findFirst();
  }
}
