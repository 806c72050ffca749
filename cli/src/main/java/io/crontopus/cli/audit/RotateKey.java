package io.crontopus.cli.audit;

import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.proof.note.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crontopus audit rotate-key}. */
@Command(
    name = "rotate-key",
    description = {
      "Put a new signing key into the platform's key file, on the platform's machine.",
      "Both keys sign from the next checkpoint on, without a restart. Once everybody knows the new one,"
          + " take the old one out with --retire."
    },
    footer = {
      "  crontopus audit rotate-key ~/.local/share/crontopus/audit.key",
      "  crontopus audit rotate-key ~/.local/share/crontopus/audit.key --retire"
    })
public final class RotateKey extends CliCommand {

  @Parameters(paramLabel = "FILE", description = "The platform's key file.")
  private String file = "";

  @Option(names = "--retire", description = "Keep the newest key alone.")
  private boolean isRetiring;

  public RotateKey(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Path path = surroundings().file(file);
    try {
      List<SigningKey> keys = new ArrayList<>();
      for (String line : Files.readAllLines(path)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          keys.add(SigningKey.parse(line));
        }
      }
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("there is no key in it");
      }
      if (isRetiring) {
        keys.subList(1, keys.size()).clear();
      } else {
        keys.addFirst(SigningKey.generate(keys.getFirst().verifier().name()));
      }
      write(path, keys);
      surroundings().data().line(keys.getFirst().verifier().toString());
      return ExitCode.OK;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new Failure(ExitCode.NOT_FOUND, "There is no file " + file + ".");
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(ExitCode.FAILED, "The key file " + file + ": " + e.getMessage() + ".");
    }
  }

  /** A crash leaves the old or the new file. */
  private static void write(Path path, List<SigningKey> keys) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    var text = new StringBuilder();
    keys.forEach(key -> text.append(key.secret()).append('\n'));
    try (var out =
        java.nio.channels.FileChannel.open(
            fresh,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var bytes = java.nio.ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
