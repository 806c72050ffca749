package io.crontopus.agent.reconcile;

import io.crontopus.agent.config.RemovalLimits;
import io.crontopus.agent.desired.DesiredJob;
import io.crontopus.agent.desired.DesiredState;
import io.crontopus.agent.inventory.Inventory;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.manifest.JobManifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what should run with what is scheduled. */
public final class Planner {

  /** Whether Git's history leads from one commit to another. */
  @FunctionalInterface
  public interface History {
    boolean leads(String from, String to) throws IOException;
  }

  private final RemovalLimits limits;
  private final History history;

  /** Plans within limits. */
  public Planner(RemovalLimits limits, History history) {
    this.limits = limits;
    this.history = history;
  }

  /**
   * The plan.
   *
   * @param approved whether somebody has approved of every removal
   */
  public Plan plan(DesiredState desired, Inventory before, boolean approved) throws IOException {
    List<ScheduledJob> jobs = desired.jobs().stream().map(Planner::scheduled).toList();
    Set<String> ids = jobs.stream().map(ScheduledJob::id).collect(Collectors.toSet());
    Set<String> names = jobs.stream().map(ScheduledJob::qualifiedName).collect(Collectors.toSet());
    // A job that comes back under its name with another id is replaced, not removed.
    List<ScheduledJob> removed =
        before.jobs().stream()
            .filter(job -> !ids.contains(job.id()) && !names.contains(job.qualifiedName()))
            .toList();
    Optional<String> objection =
        approved
            ? Optional.empty()
            : BlastRadius.objection(
                before.jobs().size(),
                removed.size(),
                jobs.isEmpty(),
                isProven(desired, before),
                limits);
    if (objection.isEmpty()) {
      return new Plan(desired, before, jobs, List.of(), objection);
    }
    List<ScheduledJob> wanted = Stream.concat(jobs.stream(), removed.stream()).toList();
    return new Plan(desired, before, wanted, removed, objection);
  }

  /** Whether somebody committed, on top of what is scheduled here, that it should go. */
  private boolean isProven(DesiredState desired, Inventory before) throws IOException {
    Optional<String> settled = before.settled();
    return settled.isPresent()
        && !settled.get().equals(desired.commit())
        && history.leads(settled.get(), desired.commit());
  }

  static ScheduledJob scheduled(DesiredJob job) {
    JobManifest manifest = job.manifest();
    return new ScheduledJob(
        job.id(),
        manifest.namespace(),
        manifest.name(),
        manifest.path(),
        manifest.spec().schedule().texts(),
        manifest.spec().schedule().zone().getId(),
        manifest.spec().paused());
  }
}
