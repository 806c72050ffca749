package io.crontopus.bench.checkins;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.bench.session.BenchFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredOnceTest {

  private static final StoredOnce RIGHT = new StoredOnce(10, 0, 0);

  @Test
  void aBenchFailsWhenACheckInWasLostOrStoredTwice() {
    assertThatCode(() -> StoredOnce.requireRight(List.of(RIGHT, RIGHT))).doesNotThrowAnyException();
    assertThatThrownBy(() -> StoredOnce.requireRight(List.of(new StoredOnce(10, 1, 0), RIGHT)))
        .isInstanceOf(BenchFailure.class)
        .hasMessageStartingWith("1 acknowledged check-ins");
    assertThatThrownBy(() -> StoredOnce.requireRight(List.of(RIGHT, new StoredOnce(10, 0, 2))))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("2 runs");
  }
}
