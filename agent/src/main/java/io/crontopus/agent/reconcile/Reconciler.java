package io.crontopus.agent.reconcile;

import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.desired.DesiredJob;
import io.crontopus.agent.desired.DesiredState;
import io.crontopus.agent.inventory.InstanceReport;
import io.crontopus.agent.inventory.Inventory;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.wrapper.JobFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Makes the scheduler what a commit says. Always the whole way round, whatever the occasion: files
 * first, then the table, then the books, so that a crash anywhere is made good by the next round.
 */
public final class Reconciler {

  private static final Logger LOG = Logger.getLogger(Reconciler.class.getName());

  private final DataDir data;
  private final JobTable table;
  private final JobFiles files;
  private final Planner planner;
  private final boolean restores;

  /**
   * A reconciler of a scheduler's table.
   *
   * @param restores whether the table puts edits by others right
   */
  public Reconciler(
      DataDir data, JobTable table, JobFiles files, Planner planner, boolean restores) {
    this.data = data;
    this.table = table;
    this.files = files;
    this.planner = planner;
    this.restores = restores;
  }

  /** What a sync did. */
  public record Result(Plan plan, TableChange change, InstanceReport report) {}

  /** What a sync would do; nothing is changed. */
  public Result preview(DesiredState desired, boolean approved) throws IOException {
    Plan plan = planner.plan(desired, Inventory.read(data), approved);
    TableChange change = table.compare(plan.wanted());
    return new Result(plan, change, report(plan, change.drifted(), "its lines were edited"));
  }

  /**
   * Syncs.
   *
   * @param onDrift told about edits by others before they are put right
   */
  public Result reconcile(DesiredState desired, boolean approved, Consumer<InstanceReport> onDrift)
      throws IOException {
    Inventory before = Inventory.read(data);
    Plan plan = planner.plan(desired, before, approved);
    for (DesiredJob job : desired.jobs()) {
      files.write(job.manifest(), job.id());
    }
    TableChange drift = table.compare(plan.wanted());
    if (drift.isDrift()) {
      tellAboutDrift(drift);
      if (restores) {
        onDrift.accept(
            report(plan, drift.drifted(), "its lines were edited; they are being restored"));
      }
    }
    TableChange change = table.apply(plan.wanted());
    files.retain(plan.wanted().stream().map(ScheduledJob::id).collect(Collectors.toSet()));
    files.writeCommit(desired.commit());
    inventory(plan, before).write(data);
    log(plan, before, change);
    Set<String> drifted = restores ? Set.of() : drift.drifted();
    return new Result(plan, change, report(plan, drifted, "its lines were edited by hand"));
  }

  private Inventory inventory(Plan plan, Inventory before) {
    Optional<String> commit = Optional.of(plan.desired().commit());
    return new Inventory(
        table.name(),
        commit,
        plan.objection().isEmpty() ? commit : before.settled(),
        plan.wanted());
  }

  private InstanceReport report(Plan plan, Set<String> drifted, String message) {
    return new InstanceReport(
        plan.desired().commit(), table.name(), Instances.of(plan, drifted, message));
  }

  private static void tellAboutDrift(TableChange drift) {
    drift.notes().forEach(LOG::warning);
    if (!drift.drifted().isEmpty()) {
      LOG.warning("somebody edited the lines of " + drift.drifted().size() + " job(s)");
    }
  }

  private static void log(Plan plan, Inventory before, TableChange change) {
    plan.objection().ifPresent(why -> LOG.warning("removals are held back: " + why));
    if (!change.diff().isEmpty() || !before.commit().equals(Optional.of(plan.desired().commit()))) {
      LOG.info(
          "applied %.12s: %d jobs scheduled, %d manifests with errors"
              .formatted(
                  plan.desired().commit(), plan.wanted().size(), plan.desired().errors().size()));
    }
  }
}
