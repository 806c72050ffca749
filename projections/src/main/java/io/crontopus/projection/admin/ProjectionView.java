package io.crontopus.projection.admin;

import io.crontopus.projection.processing.ProjectionAdmin.LastRebuild;
import io.crontopus.projection.processing.ProjectionAdmin.RebuildStatus;
import io.crontopus.projection.processing.ProjectionAdmin.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A projection, as the API shows it.
 *
 * @param position the position up to which it took its log
 * @param lag how many positions it is behind
 * @param parked how many events it could not take
 * @param lastRebuild what became of the last rebuild that is over; null when there was none
 */
record ProjectionView(
    String name,
    long position,
    long head,
    long lag,
    long parked,
    boolean rebuildable,
    @Nullable RebuildView rebuild,
    @Nullable LastRebuild lastRebuild) {

  /**
   * A rebuild that is under way.
   *
   * @param progress which part of its work is done, of all phases, from 0 to 1
   * @param etaSeconds until it takes over, at the speed so far; null while that cannot be said
   */
  record RebuildView(
      String phase,
      long position,
      long target,
      long events,
      long parked,
      double progress,
      long eventsPerSecond,
      @Nullable Long etaSeconds,
      String requestedBy,
      Instant startedAt,
      @Nullable String problem) {

    static RebuildView of(RebuildStatus rebuild, Instant now) {
      double elapsed = Math.max(1, Duration.between(rebuild.startedAt(), now).toMillis()) / 1_000.0;
      double progress = rebuild.progress();
      return new RebuildView(
          rebuild.phase(),
          rebuild.position(),
          rebuild.target(),
          rebuild.events(),
          rebuild.parked(),
          progress,
          Math.round(rebuild.events() / elapsed),
          progress > 0 ? Math.round(elapsed / progress * (1 - progress)) : null,
          rebuild.requestedBy(),
          rebuild.startedAt(),
          rebuild.problem());
    }
  }

  static ProjectionView of(Status status, Instant now) {
    RebuildStatus rebuild = status.rebuild();
    return new ProjectionView(
        status.name(),
        status.position(),
        status.head(),
        Math.max(0, status.head() - status.position()),
        status.parked(),
        status.rebuildable(),
        rebuild == null ? null : RebuildView.of(rebuild, now),
        status.lastRebuild());
  }
}
