package io.crontopus.standalone.demo;

import io.crontopus.agent.cron.CronDaemon;
import io.crontopus.standalone.Progress;
import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.api.PlatformApi;
import io.crontopus.standalone.data.Credentials;
import io.crontopus.standalone.lifecycle.Parts;
import io.crontopus.standalone.lifecycle.RunningPlatform;
import io.crontopus.standalone.lifecycle.StartOptions;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole product at work on throw-away data. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start a platform and an agent on throw-away data, push three sample jobs, and show their runs as they come.",
      "Ctrl-C ends it and leaves nothing behind."
    },
    footer = {
      "",
      "Examples:",
      "  ./crontopus demo                       the agent runs the jobs itself; your crontab is not touched",
      "  ./crontopus demo --scheduler cron      the jobs go into your crontab, and out of it again at the end"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int SECONDS_PER_MINUTE = 60;

  /** Who fires the jobs. */
  enum Scheduler {
    embedded,
    cron
  }

  @Option(
      names = "--scheduler",
      paramLabel = "NAME",
      defaultValue = "embedded",
      description = "embedded: the agent itself; cron: your crontab (default: ${DEFAULT-VALUE})")
  Scheduler scheduler = Scheduler.embedded;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "HTTP port of the platform; 0 takes a free one (default: ${DEFAULT-VALUE})")
  int port;

  @Override
  public Integer call() throws InterruptedException {
    checkPrograms();
    Progress progress = new Progress(System.err);
    try (Parts parts = Parts.untilShutdown()) {
      tidyUpAfterOthers(progress);
      DemoFolder folder = parts.add("demo folder", DemoFolder.create());
      RunningPlatform platform =
          RunningPlatform.start(StartOptions.of(folder.data(), port), progress, parts);
      Credentials user = platform.credentials().orElseThrow();
      String token = Objects.requireNonNull(user.token());
      PlatformApi api = parts.add("client", new PlatformApi(platform.url(), token));
      startAgent(parts, folder, api, platform.url(), progress);
      pushJobs(folder, api, platform.url(), token, progress);
      parts.complete();
      welcome(platform.url(), user);
      new RunFeed(api, System.out).follow();
    }
    return 0;
  }

  private void checkPrograms() {
    if (!Program.works("git", "--version")) {
      throw new Refusal(
          "git is not installed, and the demo pushes its jobs with it: install it (Debian: apt install git)");
    }
    if (scheduler == Scheduler.cron) {
      checkCron();
    }
  }

  private static void checkCron() {
    if (!Program.works("sh", "-c", "command -v crontab")) {
      throw new Refusal(
          "cron is not installed: install it (Debian: apt install cron), or leave --scheduler away");
    }
    if (!new CronDaemon().isRunning()) {
      throw new Refusal(
          "no cron daemon runs on this machine, so nothing would fire: start it (Debian: service cron start), or leave --scheduler away");
    }
  }

  private static void tidyUpAfterOthers(Progress progress) {
    List<DemoFolder> leftBehind = DemoFolder.leftBehind();
    for (DemoFolder folder : leftBehind) {
      progress.step("removing what an earlier demo left in " + folder.root());
      folder.close();
    }
    DemoCrontab.removeBlocksOf(DemoFolder::isGone);
  }

  private void startAgent(
      Parts parts, DemoFolder folder, PlatformApi api, String url, Progress progress) {
    DemoAgent.enroll(folder, api, url);
    progress.step("this machine is enrolled");
    if (scheduler == Scheduler.cron) {
      parts.add("crontab", () -> DemoCrontab.removeBlock(folder.agent()));
    }
    parts.add("agent", DemoAgent.run(folder, scheduler));
    progress.step(
        switch (scheduler) {
          case embedded -> "its agent runs, with a scheduler of its own";
          case cron -> "its agent runs, and writes to your crontab";
        });
  }

  private static void pushJobs(
      DemoFolder folder, PlatformApi api, String url, String token, Progress progress) {
    String tenant = api.get("/api/auth/me").expected().path("tenant_id").asString();
    Repository repository =
        Repository.checkOut(
            folder.repository(), url + "/git/" + tenant + "/job-manifests.git", token);
    repository.push(SampleJobs.manifests(), "Add three sample jobs");
    progress.step("three jobs pushed to " + url + "/git/" + tenant + "/job-manifests.git");
  }

  private static void welcome(String url, Credentials user) {
    System.out.printf(
        """

        Console    %s
        User name  %s
        Password   %s

        Runs appear here and in the console, the first in about %d s. Ctrl-C ends the demo and removes it.

        """,
        url,
        user.username(),
        user.password(),
        SECONDS_PER_MINUTE - LocalTime.now(ZoneId.systemDefault()).getSecond() + 1);
  }
}
