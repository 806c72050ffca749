package io.crontopus.cli.jobs;

import io.crontopus.cli.jobs.Repository.Extent;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.manifest.ManifestParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads manifests, and tells where in a repository they are. */
final class ManifestFiles {
  /** More than the parser accepts, so that it can say what is too long about a longer file. */
  private static final int MOST_BYTES = 2 << 20;

  private static final String STANDARD_INPUT = "-";

  private final Surroundings surroundings;
  private final RepositoryFinder repositories;

  /**
   * @param root the repository, if the user names it
   */
  ManifestFiles(Surroundings surroundings, @Nullable String root) {
    this.surroundings = surroundings;
    this.repositories = new RepositoryFinder(Optional.ofNullable(root).map(surroundings::file));
  }

  /**
   * The files themselves and those below directories, in order.
   *
   * @throws Failure when a name leads nowhere, or to no manifest
   */
  List<ManifestFile> find(List<String> names) {
    var files = new ArrayList<ManifestFile>();
    for (String name : names) {
      files.addAll(find(name));
    }
    if (files.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND, "No manifests (*.yaml, *.yml) in " + String.join(", ", names) + ".");
    }
    return files;
  }

  private List<ManifestFile> find(String name) {
    try {
      if (name.equals(STANDARD_INPUT)) {
        var nowhere = new Repository(Path.of(""), Extent.UNKNOWN);
        byte[] content = surroundings.in().readNBytes(MOST_BYTES);
        var manifest = ManifestParser.parse("default/stdin.yaml", content);
        return List.of(new ManifestFile("stdin", manifest, nowhere));
      }
      Path path = surroundings.file(name);
      if (Files.isDirectory(path)) {
        List<Path> found = ManifestTree.below(path);
        return read(found, Path.of(name), path, repositories.ofDirectory(path, found));
      }
      if (!Files.exists(path)) {
        throw new Failure(ExitCode.NOT_FOUND, "There is no file " + name + ".");
      }
      return List.of(read(name, path, repositories.ofFile(path)));
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, name + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /** Everything in a repository. */
  static List<ManifestFile> all(Repository repository) {
    try {
      List<Path> found = ManifestTree.below(repository.root());
      return read(found, Path.of(""), repository.root(), repository);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED, repository.root() + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private static List<ManifestFile> read(
      List<Path> found, Path shownAs, Path directory, Repository repository) throws IOException {
    var files = new ArrayList<ManifestFile>();
    for (Path path : found) {
      Path shown = shownAs.resolve(directory.relativize(path)).normalize();
      files.add(read(ManifestTree.slashed(shown), path, repository));
    }
    return files;
  }

  private static ManifestFile read(String shownAs, Path path, Repository repository)
      throws IOException {
    Path inside = repository.root().relativize(RepositoryFinder.absolute(path));
    if (inside.startsWith("..")) {
      throw Failure.usage(shownAs + " is not in " + repository.root() + ".");
    }
    try (InputStream content = Files.newInputStream(path)) {
      byte[] bytes = content.readNBytes(MOST_BYTES);
      var manifest = ManifestParser.parse(ManifestTree.slashed(inside), bytes);
      return new ManifestFile(shownAs, manifest, repository);
    }
  }
}
