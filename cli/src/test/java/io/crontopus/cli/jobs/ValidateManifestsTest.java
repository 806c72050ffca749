package io.crontopus.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.platform.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ValidateManifestsTest {
  private static final String GOOD =
      """
      apiVersion: v1
      kind: Job
      metadata:
        name: %s
      spec:
        schedule: "0 2 * * *"
        command: /opt/backup.sh
      """;

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(directory);
  }

  private void write(String file, String content) {
    try {
      Path path = directory.resolve(file);
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aGoodRepository() {
    write("default/a.yaml", GOOD.formatted("a"));
    write("sales/deep/b.yml", GOOD.formatted("b"));
    write("README.md", "# Jobs");
    write(".github/workflows/ci.yaml", "on: push");

    assertThat(shell.run("jobs", "validate", "."))
        .isEqualTo(new Shell.Result(0, "", "2 files, 2 valid jobs: no problems.\n"));
  }

  @Test
  void aProblemNamesItsPlaceAsTheUserWouldNameIt() {
    write("repo/default/a.yaml", GOOD.formatted("a").replace("0 2 * * *", "0 2 * *"));

    Shell.Result result = shell.run("jobs", "validate", "repo");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).matches("repo/default/a\\.yaml:6:\\d+: spec\\.schedule: .+\n");
    assertThat(result.err()).isEqualTo("1 file, 0 valid jobs: 1 problem.\n");
  }

  @Test
  void problemsAsADocument() {
    write("default/a.yaml", GOOD.formatted("Not A Name"));
    write("default/b.yaml", GOOD.formatted("b"));

    Shell.Result result = shell.run("jobs", "validate", "default", "-o", "json");

    JsonNode answer = Json.parse(result.out());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(answer.path("valid").asBoolean()).isFalse();
    assertThat(answer.path("jobs").path(0).path("namespace").asString()).isEqualTo("default");
    assertThat(answer.path("errors").path(0).path("path").asString()).isEqualTo("default/a.yaml");
    assertThat(answer.path("errors").path(0).path("field").asString()).isEqualTo("metadata.name");
    assertThat(answer.path("errors").path(0).path("line").asInt()).isEqualTo(4);
  }

  @Test
  void rulesAcrossFilesAreChecked() {
    write("default/a.yaml", GOOD.formatted("same"));
    write("default/b.yaml", GOOD.formatted("same"));

    Shell.Result result = shell.run("jobs", "validate", ".");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("default/b.yaml:").contains("metadata.name");
  }

  @Test
  void inAWorkTreeAFileIsCheckedAgainstTheRest() throws IOException {
    Files.createDirectories(directory.resolve("repo/.git"));
    String dependent = GOOD.formatted("b") + "  dependsOn: [{job: extract/orders}]\n";
    write("repo/default/b.yaml", dependent);

    assertThat(shell.run("jobs", "validate", "repo/default/b.yaml").exitCode()).isEqualTo(1);

    write("repo/extract/orders.yaml", GOOD.formatted("orders"));
    assertThat(shell.run("jobs", "validate", "repo/default/b.yaml"))
        .isEqualTo(new Shell.Result(0, "", "1 file, 1 valid job: no problems.\n"));
  }

  @Test
  void aLoneFileMayReferToWhatIsElsewhere() {
    write("default/b.yaml", GOOD.formatted("b") + "  dependsOn: [{job: extract/orders}]\n");

    assertThat(shell.run("jobs", "validate", "default/b.yaml").exitCode()).isZero();
  }

  @Test
  void theRepositoryMayBeNamed() throws IOException {
    Files.createDirectories(directory.resolve(".git"));
    write("ops/jobs/sales/a.yaml", GOOD.formatted("a"));

    JsonNode answer =
        Json.parse(shell.run("jobs", "validate", "--root", "ops/jobs", "ops", "-o", "json").out());

    assertThat(answer.path("jobs").path(0).path("namespace").asString()).isEqualTo("sales");
    assertThat(shell.run("jobs", "validate", "--root", "elsewhere", "ops").exitCode()).isEqualTo(2);
  }

  @Test
  void standardInput() {
    shell.input(GOOD.formatted("a").replace("command", "comand"));

    Shell.Result result = shell.run("jobs", "validate", "-");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).startsWith("stdin:").contains("comand").contains("command");
  }

  @Test
  void theSameFileTwiceIsOneFile() {
    write("default/a.yaml", GOOD.formatted("a"));

    assertThat(shell.run("jobs", "validate", ".", "default/a.yaml").exitCode()).isZero();
  }

  @Test
  void whatIsNotThere() {
    assertThat(shell.run("jobs", "validate", "none.yaml").exitCode()).isEqualTo(3);
    assertThat(shell.run("jobs", "validate", ".").err()).contains("No manifests");
    assertThat(shell.run("jobs", "validate").exitCode()).isEqualTo(2);
  }

  @Test
  void aNameCannotCommandTheTerminal() {
    write("default/a.yaml", GOOD.formatted("a") + "\"\\e[2J\": 1\n");

    assertThat(shell.run("jobs", "validate", ".").out()).doesNotContain("\u001b");
  }
}
