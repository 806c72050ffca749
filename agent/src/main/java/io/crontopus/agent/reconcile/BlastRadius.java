package io.crontopus.agent.reconcile;

import io.crontopus.agent.config.RemovalLimits;
import java.util.Optional;

/** How much one sync may remove without somebody's approval. */
final class BlastRadius {

  private BlastRadius() {}

  /**
   * Why a removal has to wait; empty when it may go ahead.
   *
   * @param scheduled how many jobs are scheduled
   * @param removed how many of them would go
   * @param isEmptied whether none would be left
   * @param isProven whether Git's history leads from what is scheduled to what is wanted
   */
  static Optional<String> objection(
      int scheduled, int removed, boolean isEmptied, boolean isProven, RemovalLimits limits) {
    long allowed = Math.max(limits.alwaysAllowed(), (long) scheduled * limits.maxPercent() / 100);
    if (removed == 0) {
      return Optional.empty();
    }
    if (removed > allowed) {
      return Optional.of(
          "%d of %d jobs would be removed, and at most %d may be at once"
              .formatted(removed, scheduled, allowed));
    }
    if (isEmptied && !isProven && !limits.allowEmpty()) {
      return Optional.of("no job would be left, and the repository's history does not show why");
    }
    return Optional.empty();
  }
}
