package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManifestSetTest {

  private static final String ID = "550e8400-e29b-41d4-a716-446655440000";

  private static ParsedManifest file(String path, String... documents) {
    String text = String.join("---\n", documents);
    ParsedManifest parsed = ManifestParser.parse(path, text.getBytes(StandardCharsets.UTF_8));
    assertThat(parsed.problems()).isEmpty();
    return parsed;
  }

  private static String job(String name, String... dependsOn) {
    return metadata("name: " + name, dependsOn);
  }

  private static String metadata(String metadata, String... dependsOn) {
    String dependencies =
        String.join(", ", List.of(dependsOn).stream().map(d -> "{job: " + d + "}").toList());
    return """
        apiVersion: v1
        kind: Job
        metadata: {%s}
        spec:
          schedule: "@daily"
          command: "true"
          dependsOn: [%s]
        """
        .formatted(metadata, dependencies);
  }

  private static List<String> check(ParsedManifest... files) {
    return ManifestSet.check(List.of(files)).stream().map(ManifestProblem::toString).toList();
  }

  @Test
  void namesAreUniqueInANamespace() {
    assertThat(
            check(
                file("default/b.yaml", job("other"), job("backup")),
                file("default/a.yaml", job("backup")),
                file("team/a.yaml", job("backup"))))
        .containsExactly(
            "default/b.yaml:11:18: metadata.name: the name \"backup\" is taken in namespace default"
                + " by default/a.yaml:1; choose another");
  }

  @Test
  void idsAreUnique() {
    assertThat(
            check(
                file("default/a.yaml", metadata("id: " + ID + ", name: a")),
                file("team/b.yaml", metadata("id: " + ID + ", name: b"))))
        .containsExactly(
            "team/b.yaml:3:16: metadata.id: the id is that of default/a (default/a.yaml:1); give"
                + " this job its own, or none");
  }

  @Test
  void dependenciesExist() {
    assertThat(
            check(
                file("default/a.yaml", job("a", "b", "team/b", "nowhere/b")),
                file("team/b.yaml", job("b"))))
        .containsExactly(
            "default/a.yaml:7:21: spec.dependsOn[0].job: there is no job default/b; write a job's"
                + " name, or namespace/name",
            "default/a.yaml:7:46: spec.dependsOn[2].job: there is no job nowhere/b; write a job's"
                + " name, or namespace/name");
  }

  @Test
  void dependenciesHaveNoCycles() {
    assertThat(
            check(
                file("default/a.yaml", job("a", "b"), job("b", "start", "c"), job("c", "a")),
                file("default/self.yaml", job("self", "self")),
                file("default/start.yaml", job("start"))))
        .containsExactly(
            "default/a.yaml:7:21: spec.dependsOn[0].job: the jobs wait for each other: default/a →"
                + " default/b → default/c → default/a; remove one",
            "default/a.yaml:15:35: spec.dependsOn[1].job: the jobs wait for each other: default/a →"
                + " default/b → default/c → default/a; remove one",
            "default/a.yaml:23:21: spec.dependsOn[0].job: the jobs wait for each other: default/a →"
                + " default/b → default/c → default/a; remove one",
            "default/self.yaml:7:21: spec.dependsOn[0].job: the jobs wait for each other:"
                + " default/self → default/self; remove one");
  }

  @Test
  void thousandsOfJobsAreCheckedAtOnce() {
    int count = 5_000;
    ParsedManifest[] chain =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    file(
                        "default/j" + i + ".yaml",
                        i == 0 ? job("j0") : job("j" + i, "j" + (i - 1))))
            .toArray(ParsedManifest[]::new);
    assertThat(check(chain)).isEmpty();
    chain[0] = file("default/j0.yaml", job("j0", "j" + (count - 1)));
    assertThat(check(chain)).hasSize(count);
  }

  @Test
  void entangledCyclesEndToo() {
    int count = 60;
    String[] all = IntStream.range(0, count).mapToObj(i -> "j" + i).toArray(String[]::new);
    ParsedManifest[] files =
        IntStream.range(0, count)
            .mapToObj(i -> file("default/j" + i + ".yaml", job("j" + i, all)))
            .toArray(ParsedManifest[]::new);
    assertThat(check(files)).hasSizeGreaterThanOrEqualTo(count);
  }
}
