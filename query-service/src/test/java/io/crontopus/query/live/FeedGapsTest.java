package io.crontopus.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ids that were skipped are looked for again, as long as they can still come. */
class FeedGapsTest {

  private final FeedGaps gaps = new FeedGaps();

  @Test
  void waitsForWhatWasSkippedUntilItIsFoundOrWhoeverTookItIsGone() {
    assertThat(gaps.skipped(4, 8, 100)).isTrue();
    assertThat(gaps.skipped(8, 10, 120)).isTrue();
    gaps.settle(99);
    assertThat(gaps.waiting()).containsExactly(5L, 6L, 7L, 9L);

    gaps.found(6);
    assertThat(gaps.waiting()).containsExactly(5L, 7L, 9L);
    gaps.settle(100);
    assertThat(gaps.waiting()).containsExactly(9L);
    gaps.settle(121);
    assertThat(gaps.waiting()).isEmpty();
  }

  @Test
  void settledIsWhatLiesBeforeAllThatIsMissing() {
    assertThat(gaps.skipped(4, 8, 100)).isTrue();
    assertThat(gaps.settled(8)).isEqualTo(4);

    gaps.found(5);
    assertThat(gaps.settled(8)).isEqualTo(5);
    gaps.settle(100);
    assertThat(gaps.settled(8)).isEqualTo(8);
  }

  @Test
  void neighboursAreNoGap() {
    assertThat(gaps.skipped(4, 5, 100)).isTrue();

    assertThat(gaps.waiting()).isEmpty();
  }

  @Test
  void aGapWithoutMeasureCostsAMeasuredAmountAndIsSaidToBeTooLarge() {
    assertThat(gaps.skipped(0, 1_000_000_000, 100)).isFalse();

    assertThat(gaps.waiting()).hasSizeLessThanOrEqualTo(10_000).contains(999_999_999L);
  }

  @Test
  void manyGapsCostAMeasuredAmountToo() {
    assertThat(gaps.skipped(0, 10_001, 100)).isTrue();
    assertThat(gaps.skipped(10_001, 10_003, 100)).isFalse();

    assertThat(gaps.waiting()).hasSize(10_000).contains(10_002L);
  }
}
