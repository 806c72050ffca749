package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong below the level of YAML: encodings, line ends, sizes, paths. */
class FileBytesTest {

  private static final String JOB =
      """
      apiVersion: v1
      kind: Job
      metadata: {name: x}
      spec: {schedule: "@daily", command: "%s"}
      """;

  private static ParsedManifest parse(String text, Charset charset) {
    return ManifestParser.parse("default/x.yaml", text.getBytes(charset));
  }

  private static List<String> problems(String text) {
    return problems(parse(text, StandardCharsets.UTF_8));
  }

  private static List<String> problems(ParsedManifest parsed) {
    return parsed.problems().stream().map(ManifestProblem::toString).toList();
  }

  @Test
  void invalidUtf8IsNamedWithItsPlace() {
    assertThat(problems(parse(JOB.formatted("grüße"), StandardCharsets.ISO_8859_1)))
        .containsExactly("default/x.yaml:4:40: not UTF-8; save the file as UTF-8");
    assertThat(problems(parse(JOB.formatted("x"), StandardCharsets.UTF_16))).isNotEmpty();
    assertThat(parse(JOB.formatted("grüße 🐙"), StandardCharsets.UTF_8).jobs()).hasSize(1);
  }

  @Test
  void aDocumentInAnotherEncodingSparesItsNeighbours() {
    String good = JOB.replace("{name: x}", "{name: good}").formatted("x");
    byte[] file = (good + "---\n" + JOB.formatted("ü")).getBytes(StandardCharsets.ISO_8859_1);
    ParsedManifest parsed = ManifestParser.parse("default/x.yaml", file);
    assertThat(parsed.jobs()).extracting(JobManifest::name).containsExactly("good");
    assertThat(problems(parsed)).singleElement().asString().startsWith("default/x.yaml:9:38: ");
  }

  @Test
  void controlCharactersAreNamedWithTheirPlace() {
    assertThat(problems(JOB.formatted("a\0b")))
        .singleElement()
        .asString()
        .startsWith("default/x.yaml:4:39: the character U+0000 is not allowed in YAML");
    assertThat(problems(JOB.formatted("\u001b[0m")))
        .singleElement()
        .asString()
        .startsWith("default/x.yaml:4:38: the character U+001B is not allowed in YAML");
  }

  @Test
  void columnsCountCharactersAlsoOutsideOfTheBasicPlane() {
    assertThat(problems("{apiVersion: v1, kind: Job, metadata: {name: x}, \"🐙🐙\": 1, spec: 2}"))
        .containsExactly(
            "default/x.yaml:1:50: [\"🐙🐙\"]: unknown field; known here: apiVersion, kind,"
                + " metadata, spec",
            "default/x.yaml:1:65: spec: must be a mapping, not the number 2");
  }

  @ParameterizedTest
  @CsvSource({"'\r\n'", "'\r'", "'\n'"})
  void everyKindOfLineEndCounts(String lineEnd) {
    String text = (JOB.formatted("true") + "---\n" + JOB.formatted("")).replace("\n", lineEnd);
    ParsedManifest parsed = parse("\uFEFF" + text, StandardCharsets.UTF_8);
    assertThat(parsed.jobs()).hasSize(1);
    assertThat(problems(parsed))
        .containsExactly("default/x.yaml:9:37: spec.command: must not be empty");
  }

  @Test
  void largeDocumentsAreRefusedAndManySmallOnesAreNot() {
    String large = "# " + "x".repeat(1 << 20) + "\n" + JOB.formatted("true");
    assertThat(problems(large))
        .containsExactly(
            "default/x.yaml:1:1: the document is larger than 1 MiB; split it into files");

    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 15_000; i++) {
      many.append(JOB.replace("{name: x}", "{name: x" + i + "}").formatted("true")).append("---\n");
    }
    ParsedManifest parsed = parse(many.toString(), StandardCharsets.UTF_8);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.jobs()).hasSize(15_000);
    assertThat(problems(many + "#".repeat(16 << 20)))
        .containsExactly("default/x.yaml:1:1: the file is larger than 16 MiB; split it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default/a.yaml          | default",
        "team-a/sub/dir/a.yaml   | team-a",
        "./default/a.yaml        | default",
      })
  void theFirstDirectoryIsTheNamespace(String path, String namespace) {
    ParsedManifest parsed =
        ManifestParser.parse(path, JOB.formatted("true").getBytes(StandardCharsets.UTF_8));
    assertThat(parsed.jobs()).extracting(JobManifest::namespace).containsExactly(namespace);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.yaml      | the file must be in a directory, which is its namespace: default/a.yaml",
        "Team/a.yaml | the first directory \"Team\" is not a name; write at most 63 lower-case"
            + " letters, digits and '-', with a letter or digit first and last",
      })
  void aFileWithoutANamespaceHasNoJobs(String path, String message) {
    ParsedManifest parsed =
        ManifestParser.parse(path, JOB.formatted("true").getBytes(StandardCharsets.UTF_8));
    assertThat(parsed.jobs()).isEmpty();
    assertThat(problems(parsed)).containsExactly(path + ":1:1: " + message);
    assertThat(ManifestParser.parse(path, new byte[0]).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "default/a.yaml,true",
    "default/a.yml,true",
    "default/A.YAML,true",
    "a.yaml,true",
    "README.md,false",
    "default/yaml,false",
    ".github/workflows/ci.yaml,false",
    "default/.hidden.yaml,false",
  })
  void knowsManifestsByTheirPath(String path, boolean manifest) {
    assertThat(ManifestParser.isManifest(path)).isEqualTo(manifest);
  }
}
