package io.crontopus.standalone.demo;

import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.DataLock;
import io.crontopus.standalone.data.OwnerOnly;
import io.crontopus.standalone.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The throw-away folder of one demo: the platform's data, the agent's data and a clone of the
 * repository. It is locked for as long as its demo runs, which is how the next demo knows what was
 * left behind.
 */
final class DemoFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoFolder.class);
  static final String PREFIX = "crontopus-demo-";

  private final Path root;
  private final DataLock lock;

  private DemoFolder(Path root, DataLock lock) {
    this.root = root;
    this.lock = lock;
  }

  static DemoFolder create() {
    Path root = OwnerOnly.temporaryFolder(temporary(), PREFIX);
    return new DemoFolder(root, DataLock.take(DataFolder.at(root)));
  }

  /** Folders of demos that could not tidy up, this user's only. */
  static List<DemoFolder> leftBehind() {
    try (Stream<Path> entries = Files.list(temporary())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
          .filter(DemoFolder::isMine)
          .filter(entry -> Files.exists(entry.resolve("lock")))
          .flatMap(
              entry ->
                  DataLock.takeIfFree(DataFolder.at(entry))
                      .map(lock -> new DemoFolder(entry, lock))
                      .stream())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Path temporary() {
    String configured = System.getenv("TMPDIR");
    return Path.of(
        configured == null || configured.isBlank()
            ? System.getProperty("java.io.tmpdir")
            : configured);
  }

  private static boolean isMine(Path entry) {
    try {
      return Files.isDirectory(entry)
          && Files.getOwner(entry).getName().equals(System.getProperty("user.name"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether no demo runs on {@code root}, be it that the folder has gone. */
  static boolean isGone(Path root) {
    return !DataLock.isHeld(DataFolder.at(root));
  }

  Path root() {
    return root;
  }

  Path data() {
    return root.resolve("data");
  }

  Path agent() {
    return root.resolve("agent");
  }

  Path repository() {
    return root.resolve("job-manifests");
  }

  /** Ends what still runs on the folder, then deletes it. */
  @Override
  public void close() {
    DemoProcesses.endAll(root);
    EmbeddedDatabase.stopOrphan(data().resolve("postgres"));
    lock.close();
    try {
      OwnerOnly.delete(root);
    } catch (IOException e) {
      LOG.warn("cannot delete {}", root, e);
      System.err.println("could not delete " + root + ": delete it by hand");
    }
  }
}
