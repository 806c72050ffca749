package io.crontopus.projection.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacingTest {

  @Test
  void moreEventsGatherForLonger() {
    assertThat(Pacing.gather(0, Duration.ZERO)).hasMillis(15);
    assertThat(Pacing.gather(1_600, Duration.ZERO)).hasMillis(100);
    assertThat(Pacing.gather(100_000, Duration.ZERO)).hasMillis(400);
  }

  /** The first event after a busy time is not kept waiting for those that no longer come. */
  @Test
  void restCountsAsGathering() {
    assertThat(Pacing.gather(1_600, Duration.ofMillis(40))).hasMillis(60);
    assertThat(Pacing.gather(100_000, Duration.ofSeconds(2))).hasMillis(15);
  }
}
