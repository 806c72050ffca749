package io.crontopus.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.standalone.harness.Checkout;
import io.crontopus.standalone.harness.CronDaemon;
import io.crontopus.standalone.harness.UserCrontab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code ./crontopus demo}: runs within 90 s, and nothing of it is left, however it ends. */
@Order(4)
class DemoIT {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration FIRST_RUN = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(60);
  private static final String FOREIGN = "# not of the demo\n0 3 31 12 * true\n";

  @TempDir Path folder;

  static boolean cronIsPossible() {
    return CronDaemon.possible();
  }

  @Test
  void showsRunsAndLeavesNothingBehind() throws IOException {
    Process demo = start("demo.out");
    await("start").atMost(START).until(() -> said("demo.out").contains("Runs appear here"));
    assertThat(said("demo.out"))
        .contains("Console    http://127.0.0.1:")
        .contains("User name  admin");
    await("runs")
        .atMost(FIRST_RUN)
        .untilAsserted(
            () ->
                assertThat(said("demo.out"))
                    .containsPattern("hello +success +exit 0")
                    .containsPattern("broken +failure +exit 3")
                    .containsPattern("report +success +exit 0")
                    .contains("| disk space on"));

    // What Ctrl-C in a terminal sends.
    new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start();

    await("end").atMost(END).until(() -> !demo.isAlive());
    assertThat(said("demo.out")).contains("stopped").doesNotContain("\tat ");
    nothingIsLeft();
  }

  @Test
  @ResourceLock("crontab")
  @EnabledIf("cronIsPossible")
  void theNextDemoTidiesUpAfterAKilledOne() throws IOException {
    try (CronDaemon _ = CronDaemon.ensure();
        UserCrontab _ = UserCrontab.replaceWith(FOREIGN)) {
      Process killed = start("killed.out", "--scheduler", "cron");
      await("lines in the crontab")
          .atMost(START)
          .until(() -> UserCrontab.read().contains("BEGIN crontopus"));
      killed.destroyForcibly();
      await("the kill").until(() -> !killed.isAlive());
      assertThat(UserCrontab.read()).contains("BEGIN crontopus").startsWith(FOREIGN);

      Process second = start("second.out", "--scheduler", "cron");
      await("start").atMost(START).until(() -> said("second.out").contains("Runs appear here"));
      await("its own lines")
          .atMost(END)
          .until(() -> UserCrontab.read().contains("BEGIN crontopus"));
      second.destroy();

      await("end").atMost(END).until(() -> !second.isAlive());
      assertThat(UserCrontab.read()).isEqualTo(FOREIGN);
      nothingIsLeft();
    }
  }

  private Process start(String output, String... options) throws IOException {
    // A build that was started in the background ignores interrupts, and so do its children.
    ProcessBuilder builder =
        new ProcessBuilder("env", "--default-signal=INT", Checkout.launcher().toString(), "demo")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(output).toFile());
    builder.command().addAll(List.of(options));
    builder.environment().putAll(Checkout.environment());
    builder.environment().put("TMPDIR", folder.toString());
    return builder.start();
  }

  private String said(String output) {
    try {
      return Files.readString(folder.resolve(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void nothingIsLeft() {
    assertThat(folder).isDirectoryNotContaining("glob:**/crontopus-demo-*");
    assertThat(ProcessHandle.allProcesses().map(process -> process.info().commandLine().orElse("")))
        .noneMatch(command -> command.contains(folder + "/crontopus-demo-"));
  }
}
