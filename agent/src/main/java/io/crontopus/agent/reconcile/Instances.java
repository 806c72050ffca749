package io.crontopus.agent.reconcile;

import io.crontopus.agent.desired.DesiredJob;
import io.crontopus.agent.desired.ManifestError;
import io.crontopus.agent.inventory.InstanceState;
import io.crontopus.agent.inventory.JobInstance;
import io.crontopus.agent.inventory.ScheduledJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a plan to what is reported about each job. */
final class Instances {

  private Instances() {}

  static List<JobInstance> of(Plan plan, Set<String> drifted, String driftMessage) {
    List<JobInstance> instances = new ArrayList<>();
    for (DesiredJob job : plan.desired().jobs()) {
      instances.add(of(job, drifted.contains(job.id()), driftMessage));
    }
    for (ScheduledJob job : plan.held()) {
      instances.add(
          new JobInstance(
              job,
              InstanceState.ERROR,
              Optional.of("its removal is held back: " + plan.objection().orElse(""))));
    }
    for (ManifestError error : plan.desired().errors()) {
      if (plan.held().stream().noneMatch(job -> job.id().equals(error.id()))) {
        instances.add(of(error));
      }
    }
    return instances;
  }

  private static JobInstance of(DesiredJob job, boolean isDrifted, String driftMessage) {
    ScheduledJob scheduled = Planner.scheduled(job);
    if (job.error().isPresent()) {
      return new JobInstance(
          scheduled,
          InstanceState.ERROR,
          Optional.of("the version before it goes on running; " + job.error().get()));
    }
    if (isDrifted) {
      return new JobInstance(scheduled, InstanceState.DRIFTED, Optional.of(driftMessage));
    }
    Optional<String> notices =
        job.notices().isEmpty() ? Optional.empty() : Optional.of(String.join("; ", job.notices()));
    InstanceState state = scheduled.paused() ? InstanceState.PAUSED : InstanceState.IN_SYNC;
    return new JobInstance(scheduled, state, notices);
  }

  private static JobInstance of(ManifestError error) {
    ScheduledJob job =
        new ScheduledJob(
            error.id(), error.namespace(), error.name(), error.path(), List.of(), "UTC", false);
    return new JobInstance(job, InstanceState.ERROR, Optional.of(error.message()));
  }
}
