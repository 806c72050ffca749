package io.crontopus.agent.embedded;

import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.wrapper.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the wrapper with the environment that cron would give it. */
final class Launcher implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Launcher.class.getName());
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final DataDir data;
  private final Duration stopGrace;
  private final Optional<String> setsid = HostTools.find().setsid();
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  Launcher(DataDir data, Duration stopGrace) {
    this.data = data;
    this.stopGrace = stopGrace;
  }

  void launch(ScheduledJob job) {
    List<String> command = new ArrayList<>();
    setsid.ifPresent(command::add);
    command.addAll(List.of(data.wrapper().toString(), job.id()));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path home = Path.of(System.getProperty("user.home", "/"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HOME", home.toString());
    environment.put("LOGNAME", System.getProperty("user.name", ""));
    environment.put("SHELL", "/bin/sh");
    environment.put("PATH", "/usr/bin:/bin");
    builder.directory((Files.isDirectory(home) ? home : Path.of("/")).toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      running.add(process);
      var _ = process.onExit().thenAccept(running::remove);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot start " + job.qualifiedName() + ": " + e.getMessage());
    }
  }

  /** Lets what runs go on for the time of grace, then asks it to end, and waits for its records. */
  @Override
  public void close() {
    try {
      await(stopGrace);
      running.forEach(Process::destroy);
      await(LAST_WORDS);
    } catch (InterruptedException e) {
      running.forEach(Process::destroy);
      Thread.currentThread().interrupt();
    }
  }

  private void await(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    for (Process process : running) {
      if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }
}
