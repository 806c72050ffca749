package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A repository of a thousand files: how long it takes is printed, a runaway fails. */
class ManyManifestsTest {

  @Test
  void aThousandManifestsAreReadInATickOfTheClock() {
    String full =
        new String(
            Corpus.bytes(Path.of("src/test/resources/manifests/good/default/everything.yaml")),
            StandardCharsets.UTF_8);
    Instant start = Instant.now();
    List<ParsedManifest> files = IntStream.range(0, 1_000).mapToObj(i -> parse(i, full)).toList();
    List<ManifestProblem> problems = ManifestSet.check(files);
    Duration taken = Duration.between(start, Instant.now());

    System.out.printf("1,000 manifests parsed and checked in %d ms%n", taken.toMillis());
    assertThat(files).allMatch(file -> file.jobs().size() == 1);
    assertThat(problems).hasSize(1_000);
    assertThat(taken).isLessThan(Duration.ofSeconds(10));
  }

  private static ParsedManifest parse(int i, String full) {
    String text =
        full.replace("name: daily-backup", "name: job-" + i)
            .replace("446655440000", "%012d".formatted(i));
    return ManifestParser.parse(
        "default/job-" + i + ".yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
