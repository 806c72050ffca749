package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a platform that was killed leaves of its database: a server that still runs, or the note of
 * one that does not.
 */
final class Orphan {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private Orphan() {}

  /**
   * Stops the server that still runs on {@code cluster}, if any, and clears a note that points at
   * some other process.
   */
  static void clear(Path cluster) {
    Path note = cluster.resolve("postmaster.pid");
    Optional<ProcessHandle> noted = noted(note);
    noted.filter(process -> serves(process, cluster)).ifPresent(process -> stop(process, cluster));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (backendsOf(cluster)) {
      if (System.nanoTime() > deadline) {
        throw new Refusal(
            "processes of an earlier PostgreSQL still use "
                + cluster
                + ": end them and start again");
      }
      pause();
    }
    try {
      // PostgreSQL would take any process that has this id by now for its predecessor.
      Files.deleteIfExists(note);
    } catch (IOException e) {
      throw new Refusal("cannot remove " + note + " (" + Refusal.reason(e) + "): check its owner");
    }
  }

  /** Whether a server runs on {@code cluster}. */
  static boolean runs(Path cluster) {
    return noted(cluster.resolve("postmaster.pid"))
        .filter(process -> serves(process, cluster))
        .isPresent();
  }

  private static Optional<ProcessHandle> noted(Path note) {
    try (Stream<String> lines = Files.lines(note)) {
      return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean serves(ProcessHandle process, Path cluster) {
    List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
    return process.isAlive() && arguments.contains(cluster.toString());
  }

  private static void stop(ProcessHandle process, Path cluster) {
    Signal.FAST_SHUTDOWN.send(process.pid());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new Refusal(
            "an earlier PostgreSQL (process %d) still runs on %s and does not stop: end it and start again"
                .formatted(process.pid(), cluster));
      }
      pause();
    }
  }

  /**
   * Server processes outlive a killed postmaster for a moment; two generations on one cluster would
   * destroy it.
   */
  private static boolean backendsOf(Path cluster) {
    Path processes = Path.of("/proc");
    if (!Files.isDirectory(processes)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(processes)) {
      return entries.anyMatch(entry -> worksIn(entry, cluster));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean worksIn(Path process, Path cluster) {
    try {
      return Character.isDigit(process.getFileName().toString().charAt(0))
          && Files.readSymbolicLink(process.resolve("cwd")).equals(cluster);
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for PostgreSQL", e);
    }
  }
}
