package io.crontopus.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The manifests in the test resources. */
record Corpus(Path root) {

  static final Corpus GOOD = new Corpus(Path.of("src/test/resources/manifests/good"));
  static final Corpus BAD = new Corpus(Path.of("src/test/resources/manifests/bad"));

  List<Path> files() {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> ManifestParser.isManifest(file.toString())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ParsedManifest parse(Path file) {
    return ManifestParser.parse(relative(file), bytes(file), Optional.of("acme-corp"));
  }

  List<ParsedManifest> parseAll() {
    return files().stream().map(this::parse).toList();
  }

  String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
