package io.crontopus.agent.cron;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the agent last put into its block, and what it was about to put there: anything else in the
 * block is somebody else's edit.
 */
final class WrittenBlock {

  private final Path file;
  private final Path pending;

  WrittenBlock(DataDir data) {
    this.file = data.state().resolve("crontab-block");
    this.pending = data.state().resolve("crontab-block.pending");
  }

  /** The lines that were written last; empty when none ever were. */
  Optional<List<String>> lines() throws IOException {
    return read(file);
  }

  /** Whether the agent itself may have left these lines. */
  boolean isOwn(List<String> lines) throws IOException {
    return read(file).filter(lines::equals).isPresent()
        || read(pending).filter(lines::equals).isPresent();
  }

  void begin(List<String> lines) throws IOException {
    AtomicFile.writeIfChanged(pending, text(lines));
  }

  void done(List<String> lines) throws IOException {
    AtomicFile.writeIfChanged(file, text(lines));
    Files.deleteIfExists(pending);
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static Optional<List<String>> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Files.readString(file, UTF_8).lines().toList())
        : Optional.empty();
  }
}
