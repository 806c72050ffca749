package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoodManifestsTest {

  private static List<JobManifest> jobs(String file) {
    ParsedManifest parsed = Corpus.GOOD.parse(Corpus.GOOD.root().resolve(file));
    assertThat(parsed.problems()).isEmpty();
    return parsed.jobs();
  }

  @Test
  void readsEveryField() {
    JobManifest job = jobs("default/everything.yaml").getFirst();
    assertThat(job.qualifiedName()).isEqualTo("default/daily-backup");
    assertThat(job.id()).contains(UUID.fromString("550e8400-e29b-41d4-a716-446655440000"));
    assertThat(job.tenant()).contains("acme-corp");
    assertThat(job.labels())
        .containsExactly(Map.entry("criticality", "high"), Map.entry("team", "platform"));
    assertThat(job.annotations()).containsKeys("owner", "runbook");
    assertThat(job.line()).isEqualTo(1);

    JobSpec spec = job.spec();
    assertThat(spec.schedule().texts()).containsExactly("0 2 * * *");
    assertThat(spec.schedule().zone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(spec.command()).isEqualTo("/opt/scripts/backup.sh");
    assertThat(spec.args()).containsExactly("--database=prod", "--retention=30d");
    assertThat(spec.workingDir()).contains("/opt/backups");
    assertThat(spec.user()).contains("backup");
    assertThat(spec.env())
        .containsExactly(
            Map.entry("BACKUP_TARGET", new EnvValue.Literal("s3://bucket")),
            Map.entry("TOKEN", new EnvValue.FromFile("/etc/backup/token")));
    assertThat(spec.stdin()).contains("");
    assertThat(spec.enabled()).isTrue();
    assertThat(spec.paused()).isFalse();
    assertThat(spec.selector().matchLabels()).hasSize(2);
    assertThat(spec.selector().matchExpressions())
        .containsExactly(
            new MatchExpression("region", MatchExpression.Operator.IN, List.of("eu", "us")),
            new MatchExpression("retired", MatchExpression.Operator.DOES_NOT_EXIST, List.of()));
    assertThat(spec.checkin())
        .isEqualTo(
            new CheckinPolicy(
                true,
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                Duration.ZERO,
                new OutputPolicy(10_000, List.of("password=\\S+"))));
    assertThat(spec.retry())
        .isEqualTo(new RetryPolicy(true, 3, Backoff.EXPONENTIAL, Duration.ofSeconds(30)));
    assertThat(spec.concurrency()).isEqualTo(Concurrency.FORBID);
    assertThat(spec.resources())
        .isEqualTo(
            new Resources(
                OptionalInt.of(10),
                Optional.of(IoClass.IDLE),
                OptionalLong.of(512L << 20),
                Optional.of(new BigDecimal("0.5"))));
    assertThat(spec.container())
        .contains(new Container("registry.example.org/backup:1.2", ContainerEngine.PODMAN));
    assertThat(spec.dependsOn())
        .containsExactly(
            new Dependency("extract", "orders", Duration.ofHours(6), DependencyCondition.SUCCESS));
    assertThat(spec.alerts())
        .containsExactly(new AlertRule(AlertTrigger.FAILURE, 2, List.of("oncall")));
    assertThat(spec.hooks().onFailure()).containsExactly("/opt/scripts/collect-logs.sh", "df -h");
  }

  @Test
  void fillsInDefaults() {
    JobSpec spec = jobs("default/minimal.yaml").getFirst().spec();
    assertThat(spec.schedule().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(spec.enabled()).isTrue();
    assertThat(spec.stdin()).isEmpty();
    assertThat(spec.selector()).isEqualTo(EndpointSelector.ALL);
    assertThat(spec.checkin()).isEqualTo(CheckinPolicy.DEFAULT);
    assertThat(spec.retry()).isEqualTo(RetryPolicy.NONE);
    assertThat(spec.concurrency()).isEqualTo(Concurrency.ALLOW);
    assertThat(spec.resources()).isEqualTo(Resources.NONE);
    assertThat(spec.hooks()).isEqualTo(Hooks.NONE);
  }

  @Test
  void readsSeveralDocuments() {
    List<JobManifest> jobs = jobs("default/several.yml");
    assertThat(jobs).extracting(JobManifest::name).containsExactly("night-1", "night-2");
    assertThat(jobs).extracting(JobManifest::line).containsExactly(4, 18);
    JobSpec first = jobs.getFirst().spec();
    assertThat(first.schedule().atReboot()).isTrue();
    assertThat(first.schedule().expressions()).hasSize(3);
    assertThat(first.command()).isEqualTo("set -e\ncd /srv\n./night.sh \"100%\"\n");
    assertThat(first.checkin().timeout()).isEqualTo(Duration.ofMinutes(90));
    JobSpec second = jobs.getLast().spec();
    assertThat(second.command()).isEqualTo("yes");
    assertThat(second.retry().enabled()).isTrue();
    assertThat(second.dependsOn().getFirst().qualifiedName()).isEqualTo("default/night-1");
  }

  @Test
  void aliasesStandForWhatTheyPointTo() {
    JobSpec spec = jobs("extract/orders.yaml").getFirst().spec();
    assertThat(spec.hooks().onFailure()).containsExactly("/opt/extract/orders");
  }

  @Test
  void filesWithoutDocumentsAreFine() {
    assertThat(jobs("default/empty.yaml")).isEmpty();
    assertThat(jobs("default/comment-only.yaml")).isEmpty();
  }

  static Stream<JobManifest> allJobs() {
    return Corpus.GOOD.parseAll().stream().flatMap(file -> file.jobs().stream());
  }

  @ParameterizedTest
  @MethodSource("allJobs")
  void theTreeIsTheWholeJobAndAValidManifest(JobManifest job) {
    Map<String, Object> tree = job.toTree();
    assertThat(JobManifest.fromTree(tree, job.path(), job.line())).isEqualTo(job);
    assertThat(JobManifest.fromTree(tree).toTree()).isEqualTo(tree);
    assertThat(ManifestJsonSchema.errors(tree)).isEmpty();

    String json = ManifestJsonSchema.JSON.writeValueAsString(tree);
    ParsedManifest again =
        ManifestParser.parse(job.path(), json.getBytes(StandardCharsets.UTF_8), Optional.empty());
    assertThat(again.problems()).isEmpty();
    assertThat(ManifestJsonSchema.JSON.writeValueAsString(again.jobs().getFirst().toTree()))
        .isEqualTo(json);
  }

  @Test
  void aTreeThatIsNoManifestIsRejected() {
    Map<String, Object> tree = new HashMap<>(jobs("default/minimal.yaml").getFirst().toTree());
    tree.put("kind", "Jobs");
    tree.put("metadata", Map.of("name", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobManifest.fromTree(tree))
        .withMessageContaining("kind: must be Job")
        .withMessageContaining("metadata: namespace is missing");
  }

  @Test
  void identityIsTheGivenOneOrFollowsFromTheName() {
    assertThat(jobs("default/everything.yaml").getFirst().jobId("acme-corp"))
        .hasToString("550e8400-e29b-41d4-a716-446655440000");
    JobManifest job = jobs("default/minimal.yaml").getFirst();
    assertThat(job.jobId("acme-corp"))
        .isEqualTo(JobId.of("acme-corp", "default", "hello"))
        .hasToString("5566dea7-d5db-5f65-85be-73dd38d5eb2a");
    assertThat(job.jobId("acme-corp").version()).isEqualTo(5);
    assertThat(job.jobId("other")).isNotEqualTo(job.jobId("acme-corp"));
  }
}
