package io.crontopus.standalone.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes of one demo, known by its folder in their command lines: the agent, and jobs that still
 * run.
 */
final class DemoProcesses {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private DemoProcesses() {}

  /**
   * Ends them and what they started: first asks, then kills. PostgreSQL is left to its own way of
   * stopping.
   */
  static void endAll(Path folder) {
    List<ProcessHandle> processes = of(folder);
    processes.forEach(ProcessHandle::destroy);
    await(processes);
    processes.forEach(ProcessHandle::destroyForcibly);
    await(processes);
  }

  private static List<ProcessHandle> of(Path folder) {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .filter(process -> mentions(process, folder))
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct()
        .toList();
  }

  private static boolean mentions(ProcessHandle process, Path folder) {
    String commandLine = process.info().commandLine().orElse("");
    return commandLine.contains(folder + "/") && !commandLine.contains("postgres");
  }

  private static void await(List<ProcessHandle> processes) {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Those that are left are killed next.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
