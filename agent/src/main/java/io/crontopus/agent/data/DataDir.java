package io.crontopus.agent.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Where everything of one agent is. Nothing is kept elsewhere, but for the managed block in the
 * crontab.
 *
 * @param root absolute
 */
public record DataDir(Path root) {

  /**
   * The data folder at a path.
   *
   * @throws IllegalArgumentException when the path cannot stand in a crontab line
   */
  public static DataDir at(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (absolute.toString().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("the data folder's path has control characters");
    }
    return new DataDir(absolute);
  }

  /** Makes the folders, for the owner's eyes only. */
  public void create() throws IOException {
    for (Path folder :
        List.of(
            root,
            bin(),
            jobs(),
            state(),
            backups(),
            spool(),
            spool().resolve("tmp"),
            spool().resolve("new"),
            spool().resolve("run"),
            spool().resolve("output"),
            spool().resolve("rejected"))) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  public Path config() {
    return root.resolve("agent.yaml");
  }

  /** What enrolling gave: ids and addresses, no secret. */
  public Path endpoint() {
    return root.resolve("endpoint.json");
  }

  public Path token() {
    return root.resolve("token");
  }

  public Path machineId() {
    return root.resolve("machine-id");
  }

  public Path lock() {
    return root.resolve("agent.lock");
  }

  public Path bin() {
    return root.resolve("bin");
  }

  public Path wrapper() {
    return bin().resolve("crontopus-run");
  }

  public Path jobs() {
    return root.resolve("jobs");
  }

  /** The files of one job. */
  public Path job(String id) {
    return jobs().resolve(id);
  }

  public Path spool() {
    return root.resolve("spool");
  }

  public Path git() {
    return root.resolve("git");
  }

  public Path state() {
    return root.resolve("state");
  }

  public Path backups() {
    return root.resolve("backups");
  }
}
