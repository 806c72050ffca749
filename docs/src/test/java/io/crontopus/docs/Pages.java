package io.crontopus.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Markdown pages of the checkout. */
final class Pages {

  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");
  private static final Pattern FENCED = Pattern.compile("(?ms)^( *)(```|~~~).*?^\\1\\2 *$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");

  private Pages() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return folder.endsWith("docs") ? folder.resolveSibling("").normalize() : folder;
  }

  static List<Path> all() {
    return files(".md");
  }

  /** The files of the checkout whose names end so, without what builds have made. */
  static List<Path> files(String end) {
    List<Path> pages = new ArrayList<>();
    try {
      Files.walkFileTree(
          root(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = folder.getFileName().toString();
              boolean skip =
                  !folder.equals(root()) && (NOT_OURS.contains(name) || name.startsWith("."));
              return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(end)) {
                pages.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages;
  }

  /** The page without its code blocks. */
  static String prose(Path page) {
    return FENCED.matcher(text(page)).replaceAll("");
  }

  static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> headings(Path page) {
    return HEADING.matcher(prose(page)).results().map(heading -> heading.group(1)).toList();
  }

  /** What a link to a heading of the page looks like after its {@code #}. */
  static Set<String> anchors(Path page) {
    return headings(page).stream()
        .map(
            heading ->
                heading
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
