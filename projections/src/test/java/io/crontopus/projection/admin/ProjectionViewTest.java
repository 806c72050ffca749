package io.crontopus.projection.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.projection.admin.ProjectionView.RebuildView;
import io.crontopus.projection.processing.ProjectionAdmin.RebuildStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProjectionViewTest {

  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  /** All events are in the tables then, and nearly half of the work is still to do. */
  @Test
  void aRebuildThatMakesIndexesSaysHowMuchLongerItTakes() {
    RebuildView view = view(0.75, 30);

    assertThat(view.progress()).isEqualTo(0.75);
    assertThat(view.etaSeconds()).isEqualTo(10);
    assertThat(view.eventsPerSecond()).isEqualTo(40);
  }

  @Test
  void nobodyKnowsHowLongARebuildTakesThatHasDoneNothing() {
    assertThat(view(0, 2).etaSeconds()).isNull();
  }

  private static RebuildView view(double progress, long seconds) {
    return RebuildView.of(
        new RebuildStatus("indexing", 1_200, 1_200, 1_200, 0, progress, "user:1", START, null),
        START.plusSeconds(seconds));
  }
}
