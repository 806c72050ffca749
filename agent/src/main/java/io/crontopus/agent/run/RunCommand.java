package io.crontopus.agent.run;

import io.crontopus.agent.ExitCodes;
import io.crontopus.agent.config.ConfigException;
import io.crontopus.agent.config.SchedulerChoice;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.data.InstanceLock;
import io.crontopus.agent.enroll.Endpoint;
import io.crontopus.agent.log.AgentLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent run}. */
@Command(
    name = "run",
    description = "Keep this machine's scheduler in line with Git and report every run.",
    footer = {
      "",
      "Stays in the foreground; ends on SIGTERM or Ctrl-C within two seconds. Jobs that cron started",
      "go on; jobs that the embedded scheduler started are ended after a moment.",
      "",
      "Example:",
      "  agent run --data /var/lib/crontopus"
    })
public final class RunCommand implements Callable<Integer> {

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
  Path data = Path.of("");

  @Option(
      names = "--scheduler",
      paramLabel = "KIND",
      converter = SchedulerOption.class,
      description = "What starts the jobs: auto, cron or embedded; as agent.yaml says.")
  @Nullable SchedulerChoice scheduler;

  @Option(names = "--foreground", description = "Stay in the foreground, as it always does.")
  boolean foreground;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    DataDir folder = DataDir.at(data);
    if (!Endpoint.isEnrolled(folder)) {
      return ExitCodes.fail(
          spec, ExitCodes.NOT_FOUND, folder.root() + " is not enrolled: run agent enroll first");
    }
    try {
      folder.create();
      Optional<InstanceLock> lock = InstanceLock.tryAcquire(folder);
      if (lock.isEmpty()) {
        return ExitCodes.fail(
            spec, ExitCodes.REFUSED, "another agent is running on " + folder.root());
      }
      try (InstanceLock _ = lock.get()) {
        serve(folder);
      }
      return ExitCodes.OK;
    } catch (ConfigException | IOException e) {
      return ExitCodes.fail(spec, ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void serve(DataDir folder) throws IOException {
    Agent agent = Agent.open(folder, Optional.ofNullable(scheduler), Clock.systemUTC());
    AgentLog.configure(agent.config().logLevel());
    Logger log = Logger.getLogger(RunCommand.class.getName());
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "stop"));
    try (Daemon _ = Daemon.start(agent)) {
      log.info(
          "endpoint %s of %s, scheduling with %s"
              .formatted(agent.endpoint().id(), agent.config().server(), agent.table().name()));
      stop.await();
      log.info("stopping");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /** A signal: asks the daemon to end, and lets the process go when it has, with status 0. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    boolean serving = stopped.getCount() > 0;
    stop.countDown();
    try {
      if (serving && stopped.await(5, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCodes.OK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
