package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.data.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a cache once. The cache belongs to its
 * user alone: programs that run with somebody's rights must not lie where others may write.
 */
record PostgresPrograms(Path folder) {

  /** The major version that is on the class path; a cluster of another one cannot be opened. */
  static final String MAJOR = "18";

  private static final int OWNER_EXECUTES = 0100;

  static PostgresPrograms unpack(Path cache) {
    String archive = "/postgres-%s-%s.txz".formatted(system(), architecture());
    Path folder = cache.resolve("postgres-" + MAJOR + "-" + fingerprint(archive));
    if (!Files.isDirectory(folder)) {
      unpack(archive, cache, folder);
    }
    return new PostgresPrograms(folder);
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static String system() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")
        ? "darwin"
        : "linux";
  }

  private static String architecture() {
    String architecture = System.getProperty("os.arch", "");
    return Set.of("aarch64", "arm64").contains(architecture) ? "arm_64" : "x86_64";
  }

  private static InputStream open(String archive) {
    InputStream stream = PostgresPrograms.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new Refusal(
          "there is no embedded PostgreSQL for this machine (%s %s): give an external one with --database"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return stream;
  }

  private static String fingerprint(String archive) {
    try (InputStream in = open(archive)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot read " + archive, e);
    }
  }

  private static void unpack(String archive, Path cache, Path folder) {
    OwnerOnly.folder(cache);
    Path fresh = OwnerOnly.temporaryFolder(cache, "unpacking-");
    try (InputStream in = open(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, fresh);
      }
      publish(fresh, folder);
    } catch (IOException e) {
      throw new Refusal(
          "cannot unpack PostgreSQL into %s (%s): check space, or set XDG_CACHE_HOME to another folder"
              .formatted(cache, Refusal.reason(e)));
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("an entry leaves the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
    if ((entry.getMode() & OWNER_EXECUTES) != 0 || entry.getName().contains("bin/")) {
      target.toFile().setExecutable(true, true);
    }
  }

  private static void publish(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was faster; its copy is as good.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      OwnerOnly.delete(fresh);
    }
  }
}
