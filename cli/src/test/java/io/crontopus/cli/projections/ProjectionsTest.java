package io.crontopus.cli.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionsTest {
  private static final String IDLE =
      """
      {"name":"runs","position":1200,"head":1250,"lag":50,"parked":1,"rebuildable":true,"rebuild":null}""";
  private static final String REBUILDING =
      """
      {"name":"runs","position":1200,"head":1250,"lag":50,"parked":1,"rebuildable":true,\
      "rebuild":{"phase":"filling","position":600,"target":1200,"events":600,"parked":0,"progress":0.5,\
      "events_per_second":300,"eta_seconds":2,"requested_by":"operator",\
      "started_at":"2026-03-01T11:59:58.000Z","problem":null}}""";
  private static final Reply REBUILDING_REPLY = Reply.json(200, REBUILDING);
  private static final String LETTER =
      """
      {"id":17,"projection":"runs","rebuild":false,"sequence":"run:t1:r1","position":802,"event_id":"e-802",\
      "event_name":"run.started","cause":"it is broken","parked_at":"2026-03-01T11:57:00.000Z","attempts":2,\
      "last_attempt_at":"2026-03-01T11:58:00.000Z"}""";

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform = new TestPlatform();
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void listShowsHowFarEachIs() {
    platform.on(
        "GET /api/admin/projections",
        Reply.json(200, "{\"projections\":[" + REBUILDING + "],\"next_cursor\":null}"));

    Shell.Result result = shell.run("projections", "list");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("runs").contains("50").contains("50 %");
  }

  @Test
  void rebuildAsksFirst() {
    platform.on("GET /api/admin/projections/runs", Reply.json(200, IDLE));

    Shell.Result result = shell.run("projections", "rebuild", "runs", "--reason", "why");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("--yes");
    assertThat(platform.lastRequest().method()).isEqualTo("GET");
  }

  @Test
  void rebuildWaitsForItsEnd() {
    AtomicInteger looks = new AtomicInteger();
    platform.answering(
        "GET /api/admin/projections/runs",
        _ -> Reply.json(200, looks.getAndIncrement() == 1 ? REBUILDING : IDLE));
    platform.on("POST /api/admin/projections/runs/rebuild", Reply.json(202, REBUILDING));

    Shell.Result result = shell.run("projections", "rebuild", "runs", "--reason", "why", "--yes");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("filling").contains("50 %").contains("runs was rebuilt");
    assertThat(looks.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void rebuildWaitsForAPlatformThatIsAwayMeanwhile() {
    AtomicInteger looks = new AtomicInteger();
    platform.answering(
        "GET /api/admin/projections/runs",
        _ ->
            switch (looks.getAndIncrement()) {
              case 1 -> REBUILDING_REPLY;
              case 2, 3 -> Reply.problem(503, "unavailable", "Service Unavailable", "no database");
              case 4 -> REBUILDING_REPLY;
              default -> Reply.json(200, IDLE);
            });
    platform.on("POST /api/admin/projections/runs/rebuild", REBUILDING_REPLY);

    Shell.Result result = shell.run("projections", "rebuild", "runs", "--reason", "why", "--yes");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .containsOnlyOnce("does not answer; the rebuild goes on when it is back")
        .contains("runs was rebuilt");
  }

  @Test
  void rebuildThatSomebodyElseGaveUpIsNotSaidToBeDone() {
    AtomicInteger looks = new AtomicInteger();
    String aborted =
        IDLE.replaceFirst(
            "}$",
            ",\"last_rebuild\":{\"outcome\":\"aborted\",\"started_at\":\"2026-03-01T11:59:58.000Z\","
                + "\"ended_at\":\"2026-03-01T12:00:00.000Z\"}}");
    platform.answering(
        "GET /api/admin/projections/runs",
        _ -> Reply.json(200, looks.getAndIncrement() == 1 ? REBUILDING : aborted));
    platform.on("POST /api/admin/projections/runs/rebuild", Reply.json(202, REBUILDING));

    Shell.Result result = shell.run("projections", "rebuild", "runs", "--reason", "why", "--yes");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("The rebuild of runs was given up by somebody else.")
        .doesNotContain("was rebuilt");
  }

  @Test
  void abortSaysWhenThereIsNothingToAbort() {
    platform.on(
        "POST /api/admin/projections/runs/abort",
        Reply.problem(409, "no-rebuild", "Conflict", "no rebuild of it is under way"));

    Shell.Result result = shell.run("projections", "abort", "runs", "--reason", "why");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("no rebuild of it is under way");
  }

  @Test
  void aDeadLetterIsShownForAReason() {
    platform.on(
        "GET /api/admin/projections/runs/dead-letters/17",
        Reply.json(
            200,
            "{\"dead_letter\":" + LETTER + ",\"payload\":\"it says this\",\"metadata\":null}"));
    String[] show = {"projections", "dead-letters", "show", "runs", "17"};

    assertThat(shell.run(show).err()).contains("--reason");
    Shell.Result shown =
        shell.run(
            Stream.concat(Arrays.stream(show), Stream.of("--reason", "why it failed"))
                .toArray(String[]::new));

    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("it says this");
    assertThat(platform.lastRequest().uri().getRawQuery()).isEqualTo("reason=why%20it%20failed");
  }

  @Test
  void deadLettersAreListedRetriedAndDropped() {
    platform.on(
        "GET /api/admin/projections/runs/dead-letters",
        Reply.json(200, "{\"dead_letters\":[" + LETTER + "],\"next_cursor\":null}"));
    platform.on(
        "GET /api/admin/projections/runs/dead-letters/17",
        Reply.json(200, "{\"dead_letter\":" + LETTER + ",\"payload\":null,\"metadata\":null}"));
    platform.on(
        "POST /api/admin/projections/runs/dead-letters/17/retry",
        Reply.json(200, "{\"taken\":1,\"left\":0,\"cause\":null}"));
    platform.on("DELETE /api/admin/projections/runs/dead-letters/17", Reply.noContent());

    assertThat(shell.run("projections", "dead-letters", "list", "runs").out())
        .contains("17")
        .contains("run.started")
        .contains("it is broken");
    Shell.Result retried =
        shell.run("projections", "dead-letters", "retry", "runs", "17", "--reason", "why");
    assertThat(retried.exitCode()).as(retried.err()).isZero();
    assertThat(platform.lastRequest().method()).isEqualTo("POST");
    assertThat(shell.run("projections", "dead-letters", "drop", "runs", "17", "--yes").err())
        .contains("--reason");
    String[] drop = {"projections", "dead-letters", "drop", "runs", "17", "--reason", "job gone"};
    assertThat(shell.run(drop).exitCode()).isEqualTo(6);
    Shell.Result dropped =
        shell.run(Stream.concat(Arrays.stream(drop), Stream.of("--yes")).toArray(String[]::new));
    assertThat(dropped.exitCode()).as(dropped.err()).isZero();
    assertThat(platform.lastRequest().method()).isEqualTo("DELETE");
    assertThat(platform.lastRequest().uri().getRawQuery()).isEqualTo("reason=job%20gone");
  }
}
