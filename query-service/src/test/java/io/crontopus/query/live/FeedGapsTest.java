package io.crontopus.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Ids that were skipped are looked for again, for a while. */
class FeedGapsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final FeedGaps gaps = new FeedGaps(Duration.ofSeconds(10));

  @Test
  void waitsForWhatWasSkippedUntilItIsFoundOrTooLate() {
    gaps.skipped(4, 8, NOW);
    assertThat(gaps.waiting(NOW)).containsExactly(5L, 6L, 7L);

    gaps.found(6);
    assertThat(gaps.waiting(NOW.plusSeconds(10))).containsExactly(5L, 7L);
    assertThat(gaps.waiting(NOW.plusSeconds(11))).isEmpty();
  }

  @Test
  void neighboursAreNoGap() {
    gaps.skipped(4, 5, NOW);

    assertThat(gaps.waiting(NOW)).isEmpty();
  }

  @Test
  void aGapWithoutMeasureCostsAMeasuredAmount() {
    gaps.skipped(0, 1_000_000_000, NOW);

    assertThat(gaps.waiting(NOW)).hasSizeLessThanOrEqualTo(10_000).contains(999_999_999L);
  }
}
