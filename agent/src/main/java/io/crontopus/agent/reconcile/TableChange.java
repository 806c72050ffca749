package io.crontopus.agent.reconcile;

import java.util.List;
import java.util.Set;

/**
 * How a scheduler's table differs from what is wanted.
 *
 * @param drifted ids of jobs whose lines somebody else changed
 * @param notes what else somebody else did to the table
 * @param diff the change, as a unified diff; empty when there is none
 */
public record TableChange(Set<String> drifted, List<String> notes, String diff) {

  /** No difference. */
  public static final TableChange NONE = new TableChange(Set.of(), List.of(), "");

  public TableChange {
    drifted = Set.copyOf(drifted);
    notes = List.copyOf(notes);
  }

  public boolean isDrift() {
    return !drifted.isEmpty() || !notes.isEmpty();
  }
}
