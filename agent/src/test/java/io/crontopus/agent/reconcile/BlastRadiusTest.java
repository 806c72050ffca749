package io.crontopus.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.agent.config.RemovalLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlastRadiusTest {

  @ParameterizedTest
  @CsvSource({
    // scheduled, removed, emptied, proven, allowEmpty, goes ahead
    "10, 0, false, false, false, true",
    "1, 1, true, true, false, true",
    "1, 1, true, false, false, false",
    "1, 1, true, false, true, true",
    "5, 5, true, true, false, true",
    "6, 6, true, true, false, false",
    "6, 6, true, true, true, false",
    "8, 5, false, false, false, true",
    "10, 6, false, true, false, false",
    "12, 6, false, false, false, true",
    "100, 50, false, false, false, true",
    "100, 51, false, true, false, false"
  })
  void capsWhatGoesAtOnce(
      int scheduled, int removed, boolean emptied, boolean proven, boolean allowEmpty, boolean ok) {
    RemovalLimits limits = new RemovalLimits(50, 5, allowEmpty);

    assertThat(BlastRadius.objection(scheduled, removed, emptied, proven, limits).isEmpty())
        .isEqualTo(ok);
  }
}
