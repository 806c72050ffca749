package io.crontopus.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FigureTest {

  private static final Figure RATE =
      Figure.of("check-ins", 21_500, "/s", Goal.atLeast(20_000))
          .limitedBy("empty POST", 43_000)
          .with("p50_ms", 1.23456);
  private static final Figure LATENCY = Figure.of("p99", 50, "ms", Goal.below(50));
  private static final Figure TOLD = Figure.of("shed", 12.34, "%", Goal.none());

  @Test
  void aGoalIsReachedOrNotOrThereIsNone() {
    assertThat(RATE.met()).isTrue();
    assertThat(LATENCY.met()).isFalse();
    assertThat(TOLD.met()).isNull();
    assertThat(Goal.atMost(1.15).isMetBy(1.15)).isTrue();
    assertThat(Goal.atMost(1.15).isMetBy(1.16)).isFalse();
  }

  @Test
  void theRatioIsToTheLimit() {
    assertThat(RATE.ratio()).isEqualTo(0.5);
    assertThat(TOLD.ratio()).isNull();
    assertThat(TOLD.limitedBy("nothing at all", 0).ratio()).isNull();
  }

  @Test
  void theTableHasItsColumnsInLine() {
    assertThat(Table.text(List.of(RATE, LATENCY, TOLD)))
        .isEqualTo(
            """
            figure     target      value     limit                ratio  met
            check-ins  ≥ 20,000/s  21,500/s  43,000/s empty POST  0.50   yes
            p99        < 50 ms     50 ms                                 no
            shed                   12.3 %
            """);
  }

  @Test
  void theMarkdownTableHasTheSameCells() {
    assertThat(Table.markdown(List.of(RATE)))
        .isEqualTo(
            """
            | figure | target | value | limit | ratio | met |
            | --- | --- | --- | --- | --- | --- |
            | check-ins | ≥ 20,000/s | 21,500/s | 43,000/s empty POST | 0.50 | yes |
            """);
  }

  @Test
  void aLineOfJsonSaysAll() {
    JsonNode line = JsonMapper.shared().readTree(JsonLines.line("checkins", RATE));
    assertThat(line.path("bench").asString()).isEqualTo("checkins");
    assertThat(line.path("figure").asString()).isEqualTo("check-ins");
    assertThat(line.path("value").asDouble()).isEqualTo(21_500);
    assertThat(line.path("met").asBoolean()).isTrue();
    assertThat(line.at("/limit/name").asString()).isEqualTo("empty POST");
    assertThat(line.path("ratio").asDouble()).isEqualTo(0.5);
    assertThat(line.at("/detail/p50_ms").asDouble()).isEqualTo(1.235);
    JsonNode told = JsonMapper.shared().readTree(JsonLines.line("checkins", TOLD));
    assertThat(told.path("target").isNull()).isTrue();
    assertThat(told.path("met").isNull()).isTrue();
    assertThat(told.path("limit").isNull()).isTrue();
  }
}
