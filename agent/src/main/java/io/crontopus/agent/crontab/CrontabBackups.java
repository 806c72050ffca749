package io.crontopus.agent.crontab;

import io.crontopus.agent.data.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the crontab from before the agent changed it: the very first one, and the last few. */
public final class CrontabBackups {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final int keep;
  private final Clock clock;

  /** Backups in a folder, of which the last {@code keep} stay. */
  public CrontabBackups(Path folder, int keep, Clock clock) {
    this.folder = folder;
    this.keep = keep;
    this.clock = clock;
  }

  /** Keeps a copy, unless the last one is the same. */
  public void keep(byte[] crontab) throws IOException {
    Path first = folder.resolve("crontab-first");
    if (!Files.exists(first)) {
      AtomicFile.write(first, crontab, AtomicFile.Access.PRIVATE);
      return;
    }
    List<Path> copies = copies();
    if (copies.isEmpty() || !Arrays.equals(Files.readAllBytes(copies.getLast()), crontab)) {
      Path copy = folder.resolve("crontab-" + TIME.format(clock.instant()));
      AtomicFile.write(copy, crontab, AtomicFile.Access.PRIVATE);
    }
    copies = copies();
    for (Path old : copies.subList(0, Math.max(0, copies.size() - keep))) {
      Files.deleteIfExists(old);
    }
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("crontab-\\d.*"))
          .sorted()
          .toList();
    }
  }
}
