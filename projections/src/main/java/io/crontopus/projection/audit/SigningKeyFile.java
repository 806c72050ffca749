package io.crontopus.projection.audit;

import io.crontopus.proof.note.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The file with the private keys, one a line, the newest first; nobody but its owner may read it.
 * Every key in it signs, so that those who know only the older one can still verify.
 */
final class SigningKeyFile {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  SigningKeyFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * The keys.
   *
   * @throws IllegalStateException when the file is no such file, or others can read it
   */
  List<SigningKey> read() {
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(OWNER);
      if (!others.isEmpty()) {
        throw new IllegalStateException(
            file + " can be read by others than its owner: chmod 600 it");
      }
      List<SigningKey> keys =
          Files.readString(file)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(SigningKey::parse)
              .toList();
      if (keys.isEmpty()
          || keys.stream().map(key -> key.verifier().name()).distinct().count() != 1) {
        throw new IllegalStateException(file + " holds no keys, or keys of several names");
      }
      return keys;
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the signing key " + file, e);
    }
  }

  /**
   * Writes a first key. It is on disk under its name when this returns, so that the database never
   * knows a key that a crash has taken; a crash before leaves the file or none.
   */
  void create(SigningKey key) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      byte[] line = (key.secret() + "\n").getBytes(StandardCharsets.UTF_8);
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      try (FileChannel out =
          FileChannel.open(
              fresh,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER))) {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      if (folder != null) {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
          entries.force(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the signing key " + file, e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
