package io.crontopus.agent.cron;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Whether a cron daemon is running: without one, the finest crontab starts nothing. */
public final class CronDaemon {

  private static final Set<String> NAMES =
      Set.of("cron", "crond", "fcron", "bcron-sched", "cronie");
  private static final List<String> PID_FILES =
      List.of("run/crond.pid", "var/run/crond.pid", "var/run/cron.pid");

  private final Path root;

  /** The daemon of this machine. */
  public CronDaemon() {
    this(Path.of("/"));
  }

  CronDaemon(Path root) {
    this.root = root;
  }

  /** Asks the pid file first, then every process. */
  public boolean isRunning() {
    return PID_FILES.stream().anyMatch(this::namesDaemon) || anyProcess();
  }

  private boolean namesDaemon(String pidFile) {
    try {
      String pid = Files.readString(root.resolve(pidFile)).strip();
      return pid.matches("\\d+") && isDaemon(root.resolve("proc").resolve(pid));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean anyProcess() {
    Path proc = root.resolve("proc");
    if (!Files.isDirectory(proc)) {
      return ProcessHandle.allProcesses()
          .flatMap(process -> process.info().command().stream())
          .anyMatch(command -> NAMES.contains(command.replaceFirst(".*/", "")));
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (isDaemon(process)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }

  private static boolean isDaemon(Path process) {
    try {
      return NAMES.contains(Files.readString(process.resolve("comm")).strip());
    } catch (IOException e) {
      return false;
    }
  }
}
