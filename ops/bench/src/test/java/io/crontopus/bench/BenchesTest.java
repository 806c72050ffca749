package io.crontopus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.bench.session.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchesTest {

  @Test
  void thePageSaysWhatEachMeasuresAndKeepsItsResults() throws IOException {
    String page = Files.readString(Path.of("../../docs/performance.md"));
    for (Bench bench : Benches.ALL) {
      assertThat(page)
          .contains("| `" + bench.name() + "` |")
          .contains("<!-- bench:" + bench.name() + " -->")
          .contains("<!-- /bench:" + bench.name() + " -->");
    }
  }
}
