package io.crontopus.agent.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** Writes files so that a crash at any instant leaves the old content or the new, never a part. */
public final class AtomicFile {

  /** Who may do what with the file. */
  public enum Access {
    /** The owner reads and writes. */
    PRIVATE("rw-------"),
    /** The owner also runs it. */
    EXECUTABLE("rwx------");

    private final String permissions;

    Access(String permissions) {
      this.permissions = permissions;
    }
  }

  private AtomicFile() {}

  /** Writes a private text file, UTF-8. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8), Access.PRIVATE);
  }

  /** Writes a file; it is on disk when this returns. */
  public static void write(Path file, byte[] content, Access access) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary =
        Files.createTempFile(
            folder,
            ".new-",
            "",
            PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(access.permissions)));
    try {
      try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a private text file whose new name, too, is on disk when this returns. */
  public static void writeDurably(Path file, String content) throws IOException {
    write(file, content);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), Set.of(StandardOpenOption.READ))) {
      folder.force(true);
    }
  }

  /**
   * Writes a private text file unless it has that content already.
   *
   * @return whether it was written
   */
  public static boolean writeIfChanged(Path file, String content) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    write(file, bytes, Access.PRIVATE);
    return true;
  }
}
