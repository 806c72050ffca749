package io.crontopus.standalone.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's cron: the one that runs, or one of our own for as long as it is needed. */
public final class CronDaemon implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/cron");
  private static final int PATIENCE_SECONDS = 10;

  private final @Nullable Process own;

  private CronDaemon(@Nullable Process own) {
    this.own = own;
  }

  /** Whether a test here may have a cron: only root may start one. */
  public static boolean possible() {
    return runs() || "root".equals(System.getProperty("user.name"));
  }

  /** Makes sure that a cron daemon runs; installs the package when it is missing. */
  public static CronDaemon ensure() {
    if (runs()) {
      return new CronDaemon(null);
    }
    if (!Files.isExecutable(PROGRAM)) {
      Finished installed =
          Finished.run(
              new ProcessBuilder(
                  "sh",
                  "-c",
                  "apt-get -qq update; apt-get -qq install -y --no-install-recommends cron"));
      if (!Files.isExecutable(PROGRAM)) {
        throw new AssertionError("cannot install cron: " + installed.err());
      }
    }
    try {
      return new CronDaemon(
          new ProcessBuilder(PROGRAM.toString(), "-f")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean runs() {
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes.anyMatch(
          process ->
              List.of("/usr/sbin/cron", "/usr/sbin/crond", "/usr/bin/crond", "cron", "crond")
                  .contains(process.info().command().orElse("")));
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.destroy();
      try {
        own.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
