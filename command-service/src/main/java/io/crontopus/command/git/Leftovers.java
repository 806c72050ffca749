package io.crontopus.command.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Files that a process left behind when it was killed. */
final class Leftovers {
  /** Locks are held for milliseconds. */
  private static final Duration LOCK_AGE = Duration.ofMinutes(1);

  /** Uploads and new repositories can take their time. */
  private static final Duration WORK_AGE = Duration.ofHours(6);

  private static final List<String> LOCKS =
      List.of(
          "HEAD.lock",
          "packed-refs.lock",
          "refs/heads/main.lock",
          "refs/crontopus/in-force.lock",
          "refs/crontopus/recorded.lock");

  private Leftovers() {}

  /** Removes locks that nobody holds any more: with them in place no push would succeed again. */
  static void removeLocks(Path repository, Instant now) throws IOException {
    for (String lock : LOCKS) {
      Path file = repository.resolve(lock);
      if (isOlder(file, now.minus(LOCK_AGE))) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Removes packs that were never received completely, and repositories never finished. */
  static void removeWork(Path repository, Instant now) throws IOException {
    try (DirectoryStream<Path> packs =
        Files.newDirectoryStream(repository.resolve("objects"), "incoming_*")) {
      for (Path pack : packs) {
        if (isOlder(pack, now.minus(WORK_AGE))) {
          Files.deleteIfExists(pack);
        }
      }
    }
    try (DirectoryStream<Path> unfinished =
        Files.newDirectoryStream(
            repository.resolveSibling("."), GitRepositories.UNFINISHED + "*")) {
      for (Path folder : unfinished) {
        if (isOlder(folder, now.minus(WORK_AGE))) {
          FileTrees.deleteQuietly(folder);
        }
      }
    }
  }

  private static boolean isOlder(Path file, Instant limit) throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(limit);
  }
}
