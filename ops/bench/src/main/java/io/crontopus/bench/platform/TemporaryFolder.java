package io.crontopus.bench.platform;

import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone when the bench is. */
public record TemporaryFolder(Path path) implements AutoCloseable {

  private static final String PREFIX = "crontopus-bench-";

  public static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory(PREFIX));
    } catch (IOException e) {
      throw new BenchFailure("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
