package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.ReservedPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running postmaster, child of this process. It stops by itself when this process dies. */
final class Server {

  private static final Logger LOG = LoggerFactory.getLogger("postgres");
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration RECOVERY = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Line of {@code postmaster.pid} that holds the state. */
  private static final int STATE_LINE = 7;

  /**
   * Becomes the postmaster, and leaves a watcher that shuts it down when this process's end of the
   * pipe closes: also after a kill -9. A session of its own keeps a Ctrl-C meant for this process
   * away from it.
   */
  private static final String LAUNCH =
      """
      note=$1/postmaster.pid; shift
      exec 3<&0
      (
        trap '' HUP INT TERM
        read -r _ <&3
        read -r pid <"$note" && [ "$pid" = $$ ] && kill -INT $$
      ) >/dev/null 2>&1 &
      exec 3<&-
      if command -v setsid >/dev/null; then exec setsid "$@" </dev/null; fi
      exec "$@" </dev/null
      """;

  private final Cluster cluster;
  private final Process process;
  private final int port;
  private final AtomicReference<String> complaint = new AtomicReference<>("");

  private Server(Cluster cluster, Process process, int port) {
    this.cluster = cluster;
    this.process = process;
    this.port = port;
    Thread.ofVirtual().name("postgres-log").start(this::copyLog);
  }

  /** Starts a server and waits until it takes connections, crash recovery included. */
  static Server start(Cluster cluster) {
    try (ReservedPort port = ReservedPort.of(LOOPBACK, 0)) {
      List<String> command =
          new ArrayList<>(List.of("sh", "-c", LAUNCH, "postgres", cluster.folder().toString()));
      command.addAll(cluster.user().prefix());
      command.add(cluster.programs().program("postgres").toString());
      command.addAll(List.of("-D", cluster.folder().toString()));
      command.addAll(List.of("-p", Integer.toString(port.number()), "-h", LOOPBACK));
      command.addAll(List.of("-c", "unix_socket_directories=", "-c", "logging_collector=off"));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      Server server = new Server(cluster, builder.start(), port.number());
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new Refusal("cannot start PostgreSQL (" + Refusal.reason(e) + ")");
    }
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  private void copyLog() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.info("{}", line);
        if (line.contains("FATAL:") || line.contains("PANIC:") || line.contains("could not")) {
          complaint.compareAndSet("", line.replaceFirst("^.*?(FATAL|PANIC|LOG): *", ""));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("the log ended", e);
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (!state().orElse("").equals("ready")) {
      if (ended() || System.nanoTime() > deadline) {
        stop();
        throw new Refusal(
            "PostgreSQL does not start on %s (%s): see logs/platform.log there; restore a backup, or start on another folder with --data"
                .formatted(
                    cluster.folder(),
                    complaint.get().isEmpty() ? "no reason given" : complaint.get()));
      }
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Optional<String> state() {
    try {
      List<String> note = Files.readAllLines(note());
      boolean mine =
          !note.isEmpty() && note.getFirst().strip().equals(Long.toString(process.pid()));
      return mine && note.size() > STATE_LINE
          ? Optional.of(note.get(STATE_LINE).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path note() {
    return cluster.folder().resolve("postmaster.pid");
  }

  void stop() {
    if (process.isAlive()) {
      Signal.FAST_SHUTDOWN.send(process.pid());
      if (!await(STOP)) {
        LOG.warn("PostgreSQL does not stop; ending it at once");
        Signal.IMMEDIATE_SHUTDOWN.send(process.pid());
        if (!await(STOP)) {
          process.destroyForcibly();
        }
      }
    }
  }

  private boolean await(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
