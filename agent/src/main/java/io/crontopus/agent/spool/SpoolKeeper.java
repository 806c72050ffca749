package io.crontopus.agent.spool;

import io.crontopus.agent.config.SpoolLimits;
import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the spool within its limits, and ends the records of runs that nobody else will end. */
public final class SpoolKeeper {

  private static final Logger LOG = Logger.getLogger(SpoolKeeper.class.getName());
  private static final Duration SETTLED = Duration.ofSeconds(10);
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path fresh;
  private final Path output;
  private final Path running;
  private final Path temporary;
  private final SpoolLimits limits;
  private final Clock clock;

  /** The keeper of a data folder's spool. */
  public SpoolKeeper(DataDir data, SpoolLimits limits, Clock clock) {
    this.fresh = data.spool().resolve("new");
    this.output = data.spool().resolve("output");
    this.running = data.spool().resolve("run");
    this.temporary = data.spool().resolve("tmp");
    this.limits = limits;
    this.clock = clock;
  }

  /** Does all of it. */
  public void tidy() throws IOException {
    endLostRuns();
    dropOldRecords();
    dropOldOutput();
    dropLeftovers(temporary, List.of());
  }

  /**
   * A run whose wrapper is gone without a record of the end, because it was killed or the machine
   * went down, ends as a failure now.
   */
  private void endLostRuns() throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(running, "*.run")) {
      for (Path run : runs) {
        if (age(run).compareTo(SETTLED) > 0) {
          endIfLost(run);
        }
      }
    }
  }

  private void endIfLost(Path run) throws IOException {
    String runId = run.getFileName().toString().replaceFirst("\\.run$", "");
    try {
      ObjectNode end = (ObjectNode) JSON.readTree(Files.readAllBytes(run));
      if (isWrapper(end.path("pid").asLong(0))) {
        return;
      }
      long now = clock.millis();
      end.put("type", "finish").put("status", "lost").put("finished_ms", now);
      String file = "%d-%s-1".formatted(Math.max(now, end.path("started_ms").asLong(0)), runId);
      AtomicFile.write(fresh.resolve(file), end + "\n");
      LOG.warning("run " + runId + " of " + end.path("name").asString("") + " never ended");
    } catch (JacksonException | ClassCastException e) {
      LOG.fine("dropping a damaged note of run " + runId);
    } catch (NoSuchFileException e) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(running, runId + ".*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Whether the process is one of our wrappers: process ids are used again. */
  private static boolean isWrapper(long pid) {
    Path arguments = Path.of("/proc", Long.toString(pid), "cmdline");
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return ProcessHandle.of(pid).isPresent();
    }
    try {
      return Files.readString(arguments).contains("crontopus-run");
    } catch (IOException e) {
      return false;
    }
  }

  private void dropOldRecords() throws IOException {
    List<Path> records = sorted(fresh);
    int most = limits.maxRecords();
    if (records.size() > most) {
      int dropped = records.size() - most;
      for (Path file : records.subList(0, dropped)) {
        Files.deleteIfExists(file);
      }
      LOG.warning("the spool holds more than " + most + " records; dropped the oldest " + dropped);
    }
  }

  private void dropOldOutput() throws IOException {
    long total = 0;
    List<Path> outputs = sorted(output);
    for (Path file : outputs.reversed()) {
      total += size(file);
      if (total > limits.maxBytes()) {
        Files.deleteIfExists(file);
        LOG.warning("the spool is full; dropped the output of run " + file.getFileName());
      }
    }
    dropLeftovers(output, sorted(fresh));
  }

  /** Files of an age at which no run and no record can need them any more. */
  private void dropLeftovers(Path folder, List<Path> records) throws IOException {
    for (Path file : sorted(folder)) {
      String name = file.getFileName().toString();
      if (age(file).compareTo(FORGOTTEN) > 0
          && !Files.exists(running.resolve(name + ".run"))
          && records.stream().noneMatch(record -> record.toString().contains(name))) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Duration age(Path file) throws IOException {
    try {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return Duration.between(modified, clock.instant());
    } catch (NoSuchFileException e) {
      return Duration.ZERO;
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }
}
