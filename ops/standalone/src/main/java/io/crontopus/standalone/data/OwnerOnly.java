package io.crontopus.standalone.data;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that no other user of the machine may look into. */
public final class OwnerOnly {

  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OwnerOnly() {}

  /** Makes {@code folder} and its missing parents, mode 0700. */
  public static void folder(Path folder) {
    try {
      Files.createDirectories(folder, FOLDER);
    } catch (IOException e) {
      throw new Refusal(
          "cannot make the folder " + folder + " (" + Refusal.reason(e) + "): choose another one");
    }
  }

  /** Makes a new folder of a name that starts with {@code prefix}, mode 0700, in {@code parent}. */
  public static Path temporaryFolder(Path parent, String prefix) {
    try {
      return Files.createTempDirectory(parent, prefix, FOLDER);
    } catch (IOException e) {
      throw new Refusal(
          "cannot make a folder in "
              + parent
              + " ("
              + Refusal.reason(e)
              + "): set TMPDIR to another one");
    }
  }

  /** Replaces {@code file} as a whole, mode 0600; a crash leaves the old or the new content. */
  public static void write(Path file, byte[] content) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal(
          "cannot write " + file + " (" + Refusal.reason(e) + "): check space and permissions");
    }
  }

  /** Deletes {@code folder} and all that is in it, without following links. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Gone already.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
