package io.crontopus.agent.reconcile;

import io.crontopus.agent.desired.DesiredState;
import io.crontopus.agent.inventory.Inventory;
import io.crontopus.agent.inventory.ScheduledJob;
import java.util.List;
import java.util.Optional;

/**
 * What a sync does.
 *
 * @param desired what should run
 * @param before what is scheduled
 * @param wanted what will be scheduled
 * @param held jobs that should go, and stay until somebody approves
 * @param objection why they stay
 */
public record Plan(
    DesiredState desired,
    Inventory before,
    List<ScheduledJob> wanted,
    List<ScheduledJob> held,
    Optional<String> objection) {

  public Plan {
    wanted = List.copyOf(wanted);
    held = List.copyOf(held);
  }
}
