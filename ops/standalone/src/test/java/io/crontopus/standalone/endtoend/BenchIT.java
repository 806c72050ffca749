package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.Checkout;
import io.crontopus.standalone.harness.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bench measures with its limits, says so in JSON, and leaves nothing behind. */
class BenchIT {

  @TempDir Path temporary;

  @Test
  void checkInsAreMeasuredAndNothingStays() throws IOException {
    Path page = Checkout.root().resolve("docs/performance.md");
    String before = Files.readString(page);
    Finished bench =
        Checkout.run(
            Map.of("CRONTOPUS_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary),
            "bench",
            "checkins",
            "--seconds",
            "2",
            "--warm-up",
            "2",
            "--json");
    assertThat(bench.exitCode()).as(bench.err()).isZero();
    List<JsonNode> figures = bench.out().lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(figures)
        .hasSize(6)
        .allSatisfy(
            figure -> {
              assertThat(figure.path("bench").asString()).isEqualTo("checkins");
              assertThat(figure.path("value").isNumber()).isTrue();
            });
    JsonNode single = figures.getFirst();
    assertThat(single.path("value").asDouble()).isPositive();
    assertThat(single.at("/limit/name").asString()).isEqualTo("empty POST");
    assertThat(single.at("/limit/value").asDouble()).isPositive();
    assertThat(figures)
        .filteredOn(figure -> !figure.at("/detail/acknowledged").isMissingNode())
        .hasSize(4)
        .allSatisfy(
            figure -> {
              assertThat(figure.at("/detail/acknowledged").asLong()).isPositive();
              assertThat(figure.at("/detail/missing").asLong()).isZero();
              assertThat(figure.at("/detail/repeated").asLong()).isZero();
            });
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.toString().contains("crontopus-bench"))).isEmpty();
    }
    assertThat(
            ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(temporary.toString())))
        .isEmpty();
    assertThat(Files.readString(page)).isEqualTo(before);
  }
}
