package io.crontopus.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @ParameterizedTest
  @CsvSource({
    "5/m, 5, 60, 5",
    "3/h, 3, 3600, 3",
    "100/10s, 100, 10, 100",
    "50/s burst 500, 50, 1, 500",
    " 7/2D BURST 9 , 7, 172800, 9",
  })
  void isReadAsItIsWritten(String text, long count, long seconds, long burst) {
    assertThat(Rate.valueOf(text)).isEqualTo(new Rate(count, Duration.ofSeconds(seconds), burst));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "0/m", "-1/m", "5/w", "5/m burst 0", "5 per minute", "9999999999/s"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Rate.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no rate");
  }

  @Test
  void severalHoldTogether() {
    assertThat(Rates.valueOf("5/m, 30/h").rates())
        .containsExactly(Rate.valueOf("5/m"), Rate.valueOf("30/h"));
    assertThat(Rates.valueOf("off").rates()).isEmpty();
  }

  @Test
  void theHeaderTellsTheQuotaAndTheTimeItIsFor() {
    assertThat(Rate.valueOf("5/m").policy("login")).isEqualTo("\"login\";q=5;w=60");
    assertThat(Rate.valueOf("50/s burst 500").policy("endpoint"))
        .isEqualTo("\"endpoint\";q=500;w=10");
  }
}
