package io.crontopus.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How {@code agent sync} asks a daemon that has the data folder: by a file, which the daemon takes
 * away and answers with another.
 *
 * @param approved whether every removal is approved of
 */
public record SyncRequest(boolean approved) {

  /** Leaves the request for the daemon. */
  public void leave(DataDir data) throws IOException {
    Files.deleteIfExists(answerFile(data));
    AtomicFile.write(file(data), approved ? "approved\n" : "\n");
  }

  /** Takes a request, if there is one. */
  public static Optional<SyncRequest> take(DataDir data) throws IOException {
    try {
      String text = Files.readString(file(data), UTF_8);
      Files.deleteIfExists(file(data));
      return Optional.of(new SyncRequest(text.strip().equals("approved")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Says what came of it. */
  public static void answer(DataDir data, String text) throws IOException {
    AtomicFile.write(answerFile(data), text);
  }

  /** What came of it; empty until it is done. */
  public static Optional<String> answer(DataDir data) throws IOException {
    Path file = answerFile(data);
    return Files.exists(file) ? Optional.of(Files.readString(file, UTF_8)) : Optional.empty();
  }

  private static Path file(DataDir data) {
    return data.state().resolve("sync-request");
  }

  private static Path answerFile(DataDir data) {
    return data.state().resolve("sync-answer");
  }
}
