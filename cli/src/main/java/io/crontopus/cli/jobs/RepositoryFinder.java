package io.crontopus.cli.jobs;

import io.crontopus.cli.jobs.Repository.Extent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which repository files belong to.
 *
 * @param root what the user says it is, if they say so
 */
record RepositoryFinder(Optional<Path> root) {

  /** Outside a repository a file's own directory is taken for its namespace. */
  Repository ofFile(Path file) {
    Path directory = parent(absolute(file));
    return around(directory).orElseGet(() -> new Repository(parent(directory), Extent.UNKNOWN));
  }

  /** A directory with manifests directly in it is a namespace; else it holds namespaces. */
  Repository ofDirectory(Path directory, List<Path> found) {
    Path top = absolute(directory);
    return around(top)
        .orElseGet(
            () -> {
              boolean isNamespace =
                  found.stream().anyMatch(path -> parent(absolute(path)).equals(top));
              return new Repository(isNamespace ? parent(top) : top, Extent.GIVEN);
            });
  }

  private Optional<Repository> around(Path directory) {
    return root.map(RepositoryFinder::absolute)
        .or(
            () ->
                Stream.iterate(directory, path -> path != null, Path::getParent)
                    .filter(path -> Files.exists(path.resolve(".git")))
                    .findFirst())
        .map(top -> new Repository(top, Extent.WHOLE));
  }

  static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
