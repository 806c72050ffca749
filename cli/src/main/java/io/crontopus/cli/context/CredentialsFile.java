package io.crontopus.cli.context;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.Documents;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;

/**
 * Where logins are kept: {@code $XDG_CONFIG_HOME/crontopus/credentials.json}, readable by its owner
 * only. Several commands may run at once: a change is made under a lock and takes effect as a
 * whole.
 */
final class CredentialsFile {
  /** A file lock keeps other processes out, but not other threads of this one. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path directory;
  private final Path file;

  CredentialsFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("credentials.json");
  }

  static CredentialsFile of(Surroundings surroundings) {
    Path config =
        surroundings
            .variable("XDG_CONFIG_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> surroundings.home().resolve(".config"));
    return new CredentialsFile(config.resolve("crontopus"));
  }

  Path path() {
    return file;
  }

  Logins read() {
    try {
      return Logins.fromJson(Json.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Logins.NONE;
    } catch (JacksonException e) {
      throw new Failure(
          ExitCode.FAILED,
          "The stored logins in " + file + " are damaged.",
          "Remove the file and log in again with: crontopus auth login");
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /**
   * Changes what is stored; nothing is written when nothing changes. Returns what is stored then.
   */
  Logins change(UnaryOperator<Logins> change) {
    IN_THIS_PROCESS.lock();
    try {
      OwnerOnly.createDirectories(directory);
      Path lock = directory.resolve("credentials.lock");
      OwnerOnly.createFile(lock);
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        Logins before = read();
        Logins after = change.apply(before);
        if (!after.equals(before)) {
          write(after);
        }
        return after;
      }
    } catch (IOException e) {
      throw failed("written", e);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private void write(Logins logins) throws IOException {
    Path complete = directory.resolve("credentials.json.new");
    Files.deleteIfExists(complete);
    OwnerOnly.createFile(complete);
    Files.writeString(complete, Documents.json(logins.toJson()) + "\n");
    Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Failure failed(String what, IOException cause) {
    String reason =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : cause.getClass().getSimpleName();
    return new Failure(
        ExitCode.FAILED,
        "The stored logins in " + file + " cannot be " + what + ": " + reason + ".");
  }
}
