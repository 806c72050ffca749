package io.crontopus.agent.sync;

import io.crontopus.agent.ExitCodes;
import io.crontopus.agent.config.ConfigException;
import io.crontopus.agent.config.LogLevel;
import io.crontopus.agent.config.SchedulerChoice;
import io.crontopus.agent.crontab.DamagedBlockException;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.data.InstanceLock;
import io.crontopus.agent.embedded.EmbeddedTable;
import io.crontopus.agent.enroll.Endpoint;
import io.crontopus.agent.inventory.Inventory;
import io.crontopus.agent.inventory.JobInstance;
import io.crontopus.agent.log.AgentLog;
import io.crontopus.agent.reconcile.Reconciler;
import io.crontopus.agent.run.Agent;
import io.crontopus.agent.run.SchedulerOption;
import io.crontopus.agent.run.SyncRequest;
import io.crontopus.agent.run.Syncer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent sync}. */
@Command(
    name = "sync",
    description = "Sync once, or show what a sync would change.",
    footer = {
      "",
      "Prints the change of the scheduler's table as a unified diff. While an agent is running on",
      "the data folder, it is asked to do the work.",
      "",
      "Examples:",
      "  agent sync --once --dry-run --data /var/lib/crontopus",
      "  agent sync --once --approve-removals --data /var/lib/crontopus"
    })
public final class SyncCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
  Path data = Path.of("");

  @Option(names = "--once", description = "Sync once; the only way there is.")
  boolean once;

  @Option(names = "--dry-run", description = "Show what would change; change nothing.")
  boolean dryRun;

  @Option(
      names = "--approve-removals",
      description = "Remove jobs also beyond the limits of agent.yaml.")
  boolean approve;

  @Option(
      names = "--scheduler",
      paramLabel = "KIND",
      converter = SchedulerOption.class,
      description = "auto, cron or embedded; as agent.yaml says.")
  @Nullable SchedulerChoice scheduler;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    DataDir folder = DataDir.at(data);
    if (!Endpoint.isEnrolled(folder)) {
      return ExitCodes.fail(
          spec, ExitCodes.NOT_FOUND, folder.root() + " is not enrolled: run agent enroll first");
    }
    AgentLog.configure(LogLevel.WARN);
    try {
      folder.create();
      if (dryRun) {
        return local(folder);
      }
      Optional<InstanceLock> lock = InstanceLock.tryAcquire(folder);
      if (lock.isEmpty()) {
        return ask(folder);
      }
      try (InstanceLock _ = lock.get()) {
        return local(folder);
      }
    } catch (ConfigException | DamagedBlockException | IOException e) {
      return ExitCodes.fail(spec, ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private int local(DataDir folder) throws IOException {
    try (Agent agent = Agent.open(folder, Optional.ofNullable(scheduler), Clock.systemUTC())) {
      if (agent.table() instanceof EmbeddedTable embedded) {
        embedded.apply(Inventory.read(folder).jobs());
      }
      Syncer syncer = new Syncer(agent);
      Syncer.Round round = dryRun ? syncer.preview(approve) : syncer.sync(approve, report -> {});
      round.result().ifPresent(this::print);
      if (round.gitProblem().isPresent()) {
        return ExitCodes.fail(spec, ExitCodes.UNREACHABLE, round.gitProblem().get());
      }
      return round.result().flatMap(result -> result.plan().objection()).isPresent()
          ? ExitCodes.REFUSED
          : ExitCodes.OK;
    }
  }

  private void print(Reconciler.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    out.print(result.change().diff());
    out.flush();
    result.change().notes().forEach(err::println);
    for (JobInstance instance : result.report().instances()) {
      instance
          .message()
          .ifPresent(message -> err.println(instance.job().qualifiedName() + ": " + message));
    }
    err.printf(
        "commit %.12s: %d jobs%s%n",
        result.report().commit(),
        result.plan().wanted().size(),
        result.change().diff().isEmpty() ? ", nothing to change" : "");
  }

  /** Has the running agent do it. */
  private int ask(DataDir folder) throws IOException, InterruptedException {
    new SyncRequest(approve).leave(folder);
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end) {
      Optional<String> answer = SyncRequest.answer(folder);
      if (answer.isPresent()) {
        spec.commandLine().getOut().print(answer.get());
        spec.commandLine().getOut().flush();
        return answer.get().startsWith("problem: ") ? ExitCodes.FAILED : ExitCodes.OK;
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    return ExitCodes.fail(spec, ExitCodes.FAILED, "the running agent did not answer");
  }
}
