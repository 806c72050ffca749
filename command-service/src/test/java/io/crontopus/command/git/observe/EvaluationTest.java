package io.crontopus.command.git.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.command.git.observe.InForce.Source;
import io.crontopus.manifest.JobId;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestParser;
import io.crontopus.manifest.ManifestProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final String TENANT = "acme";
  private static final String BROKEN = "kind: Job\n";

  private final Map<ObjectId, String> blobs = new HashMap<>();

  @Test
  void aValidJobComesIntoForce() {
    Evaluation.Outcome outcome = evaluate(InForce.NOTHING, Map.of("default/a.yaml", job("a")));
    assertThat(outcome.inForce().jobs().keySet()).containsExactly(id("a"));
    assertThat(outcome.problems()).isEmpty();
  }

  @Test
  void ofTwoNewcomersWithOneNameNeitherComesIntoForceAndBothAreToldOfTheOther() {
    Evaluation.Outcome outcome =
        evaluate(
            InForce.NOTHING,
            Map.of("default/a.yaml", job("x"), "default/b.yaml", job("x") + "---\n" + job("y")));
    assertThat(outcome.inForce().jobs().keySet()).containsExactly(id("y"));
    assertThat(messages(outcome, "default/a.yaml"))
        .singleElement()
        .asString()
        .contains("default/b.yaml:1");
    assertThat(messages(outcome, "default/b.yaml"))
        .singleElement()
        .asString()
        .contains("default/a.yaml:1");
  }

  @Test
  void anIdThatIsClaimedTwiceIsTakenByNeither() {
    String id = "550e8400-e29b-41d4-a716-446655440000";
    Evaluation.Outcome outcome =
        evaluate(
            InForce.NOTHING,
            Map.of("default/a.yaml", job("a", id), "default/b.yaml", job("b", id)));
    assertThat(outcome.inForce().jobs()).isEmpty();
    assertThat(outcome.problems().keySet()).containsExactly("default/a.yaml", "default/b.yaml");
  }

  @Test
  void aJobMovesOutOfAFileThatBrokeInTheSamePush() {
    InForce before = evaluate(InForce.NOTHING, Map.of("default/a.yaml", job("x"))).inForce();
    Evaluation.Outcome outcome =
        evaluate(before, Map.of("default/a.yaml", BROKEN, "default/b.yaml", job("x")));
    assertThat(path(outcome, "x")).isEqualTo("default/b.yaml");
    assertThat(outcome.problems().keySet()).containsExactly("default/a.yaml");
  }

  @Test
  void whatABrokenFileDefinedStandsAgainstANewcomerOfThatName() {
    InForce before = evaluate(InForce.NOTHING, Map.of("default/a.yaml", job("x"))).inForce();
    Evaluation.Outcome outcome =
        evaluate(
            before,
            Map.of(
                "default/a.yaml",
                BROKEN,
                "default/b.yaml",
                job("x", "550e8400-e29b-41d4-a716-446655440000")));
    assertThat(outcome.inForce().jobs().keySet()).containsExactly(id("x"));
    assertThat(messages(outcome, "default/b.yaml"))
        .singleElement()
        .asString()
        .contains("default/a.yaml (its last good version)");
  }

  @Test
  void theValidDocumentsOfAFileWithABadOneAreTakenAndTheOthersKept() {
    String both = job("a", null, "first") + "---\n" + job("b", null, "first");
    InForce before = evaluate(InForce.NOTHING, Map.of("default/f.yaml", both)).inForce();
    String half = job("a", null, "second") + "---\n" + BROKEN;
    Evaluation.Outcome outcome = evaluate(before, Map.of("default/f.yaml", half));
    assertThat(command(outcome, "a")).isEqualTo("second");
    assertThat(command(outcome, "b")).isEqualTo("first");
  }

  @Test
  void aJobThatDependsOnNothingThereKeepsItsLastGoodVersion() {
    String dependent = job("b") + "  dependsOn: [{job: a}]\n";
    InForce before =
        evaluate(InForce.NOTHING, Map.of("default/a.yaml", job("a"), "default/b.yaml", dependent))
            .inForce();
    Evaluation.Outcome outcome = evaluate(before, Map.of("default/b.yaml", dependent));
    assertThat(outcome.inForce().jobs().keySet()).containsExactly(id("b"));
    assertThat(messages(outcome, "default/b.yaml")).singleElement().asString().contains("a");
  }

  @Test
  void whenAllIsMendedEverythingIsAsIfItHadNeverBroken() {
    Map<String, String> good = Map.of("default/a.yaml", job("x"), "default/b.yaml", job("y"));
    InForce before = evaluate(InForce.NOTHING, good).inForce();
    InForce broken =
        evaluate(before, Map.of("default/a.yaml", BROKEN, "default/b.yaml", job("x"))).inForce();
    assertThat(evaluate(broken, good).inForce()).isEqualTo(before);
  }

  @Test
  void aRemovedFileLeavesNothing() {
    InForce before = evaluate(InForce.NOTHING, Map.of("default/a.yaml", job("x"))).inForce();
    assertThat(evaluate(before, Map.of()).inForce()).isEqualTo(InForce.NOTHING);
  }

  private Evaluation.Outcome evaluate(InForce before, Map<String, String> files) {
    SortedMap<String, ManifestFiles.Version> tree = new TreeMap<>();
    files.forEach(
        (path, content) -> {
          ObjectId blob =
              new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content.getBytes(UTF_8));
          blobs.put(blob, content);
          tree.put(
              path,
              new ManifestFiles.Version(
                  blob, ManifestParser.parse(path, content.getBytes(UTF_8), Optional.of(TENANT))));
        });
    return Evaluation.of(TENANT, tree, before, this::earlier);
  }

  private List<JobManifest> earlier(Map<UUID, Source> jobs) {
    return jobs.entrySet().stream().map(job -> read(job.getKey(), job.getValue())).toList();
  }

  private JobManifest read(UUID job, Source source) {
    String content = blobs.getOrDefault(source.blob(), "");
    return ManifestParser.parse(source.path(), content.getBytes(UTF_8)).jobs().stream()
        .filter(manifest -> manifest.jobId(TENANT).equals(job))
        .findFirst()
        .orElseThrow();
  }

  private String command(Evaluation.Outcome outcome, String name) {
    Source source = outcome.inForce().jobs().get(id(name));
    return source == null ? "" : read(id(name), source).spec().command();
  }

  private static String path(Evaluation.Outcome outcome, String name) {
    Source source = outcome.inForce().jobs().get(id(name));
    return source == null ? "" : source.path();
  }

  private static List<String> messages(Evaluation.Outcome outcome, String path) {
    return outcome.problems().getOrDefault(path, List.of()).stream()
        .map(ManifestProblem::message)
        .toList();
  }

  private static UUID id(String name) {
    return JobId.of(TENANT, "default", name);
  }

  private static String job(String name) {
    return job(name, null);
  }

  private static String job(String name, @Nullable String id) {
    return job(name, id, "true");
  }

  private static String job(String name, @Nullable String id, String command) {
    return """
        apiVersion: v1
        kind: Job
        metadata:
          name: %s
        %sspec:
          schedule: "0 2 * * *"
          command: "%s"
        """
        .formatted(name, id == null ? "" : "  id: " + id + "\n", command);
  }
}
