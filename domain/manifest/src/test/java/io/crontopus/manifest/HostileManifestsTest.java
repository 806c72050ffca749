package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading it ends, soon, with jobs or with problems of a bearable size. */
class HostileManifestsTest {

  private static final int SIZE = 900_000;
  private static final Path EVERYTHING =
      Path.of("src/test/resources/manifests/good/default/everything.yaml");

  static Stream<String> hostile() {
    String head = "apiVersion: v1\nkind: Job\nmetadata: {name: x}\nspec:\n  schedule: \"@daily\"\n";
    return Stream.of(
        "[".repeat(SIZE),
        "{a: ".repeat(SIZE / 4),
        "- ".repeat(SIZE / 2),
        "? ".repeat(SIZE / 2),
        "a: &a ".repeat(SIZE / 6),
        "*a ".repeat(SIZE / 3),
        "'" + "x".repeat(SIZE),
        "\"" + "\\x41".repeat(SIZE / 4) + "\"",
        "!".repeat(SIZE),
        "%".repeat(SIZE),
        "x".repeat(SIZE) + ": 1",
        "#".repeat(SIZE),
        "\n".repeat(SIZE) + "a: [",
        " ".repeat(SIZE) + "a: [",
        "|\n" + " x\n".repeat(SIZE / 3),
        "[" + "1,".repeat(SIZE / 2) + "]",
        "--- \n".repeat(SIZE / 5),
        "a: 1\n--- x\n".repeat(SIZE / 12),
        head + "  command: " + "x".repeat(SIZE),
        head + "  command: x\n  user: " + "9".repeat(SIZE),
        head + "  command: x\n  timezone: " + "Europe".repeat(SIZE / 6),
        head.replace("@daily", "* ".repeat(SIZE / 2)) + "  command: x",
        head.replace("@daily", "1,".repeat(SIZE / 2) + "1 * * * *") + "  command: x",
        head + "  command: x\n  checkin: {output: {redact: ['" + "(".repeat(SIZE) + "']}}",
        head
            + "  command: x\n"
            + String.join(
                "", IntStream.range(0, 80_000).mapToObj(i -> "  c" + i + ": 1\n").toList()),
        head
            + "  command: x\n  env: {"
            + String.join(", ", IntStream.range(0, 40_000).mapToObj(i -> "9" + i + ": 1").toList())
            + "}");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void readingEnds(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ParsedManifest parsed =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> ManifestParser.parse("default/x.yaml", bytes));
    assertThat(parsed.jobs()).hasSizeLessThan(2);
    assertThat(parsed.problems()).allMatch(problem -> problem.toString().length() < 2_000);
  }

  /** Escapes can make characters that no database takes: neither a job nor a problem has them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiVersion: \"a\\0b\"",
        "kind: \"\\ud800\"",
        "\"a\\0b\": 1",
        "\"\\udfff\": 1",
        "metadata: {name: x, annotations: {a: \"\\ud83d\"}}",
        "metadata: {name: x, labels: {a: \"\\udc19 \\0\"}}",
        "spec: {schedule: \"@daily\", command: \"a\\ud800b\"}",
        "spec: {schedule: \"\\ud800\", command: x, checkin: {timeout: \"\\0\"}}"
      })
  void whatCannotBeStoredIsInNoJobAndInNoProblem(String line) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("apiVersion", "apiVersion: v1");
    lines.put("kind", "kind: Job");
    lines.put("metadata", "metadata: {name: x}");
    lines.put("spec", "spec: {schedule: \"@daily\", command: x}");
    lines.put(line.substring(0, line.indexOf(':')), line);

    ParsedManifest parsed =
        ManifestParser.parse(
            "default/x.yaml", String.join("\n", lines.values()).getBytes(StandardCharsets.UTF_8));

    assertThat(parsed.jobs()).isEmpty();
    assertThat(parsed.problems())
        .isNotEmpty()
        .noneMatch(
            problem ->
                problem
                    .toString()
                    .codePoints()
                    .anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE));
  }

  /** Bytes are changed, cut out and doubled at random. */
  @Property(tries = 2_000)
  void damagedFilesNeverThrow(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] good = Corpus.bytes(EVERYTHING);
    byte[] bytes = good.clone();
    for (int i = random.nextInt(5); i >= 0; i--) {
      int from = random.nextInt(bytes.length);
      int to = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(1, 12), bytes.length - Math.max(from, to));
      System.arraycopy(good, Math.min(from, good.length - length), bytes, to, length);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    ParsedManifest parsed = ManifestParser.parse("default/x.yaml", bytes);
    for (JobManifest job : parsed.jobs()) {
      assertThat(JobManifest.fromTree(job.toTree(), job.path(), job.line())).isEqualTo(job);
    }
    assertThat(parsed.problems())
        .allMatch(problem -> problem.line() > 0 && problem.column() > 0)
        .allMatch(problem -> !problem.message().isBlank());
  }
}
