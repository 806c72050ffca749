package io.crontopus.cli.jobs;

import io.crontopus.manifest.ManifestParser;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The manifests below a directory. */
final class ManifestTree {

  private ManifestTree() {}

  /** Sorted; hidden directories, such as Git's own, are not entered, links are not followed. */
  static List<Path> below(Path directory) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            boolean isHidden =
                !visited.equals(directory) && visited.getFileName().toString().startsWith(".");
            return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                && ManifestParser.isManifest(slashed(directory.relativize(file)))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
