package io.crontopus.standalone.demo;

import io.crontopus.standalone.Launcher;
import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.api.PlatformApi;
import io.crontopus.standalone.data.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent of this machine as a process of its own, as it runs anywhere else. */
final class DemoAgent implements AutoCloseable {

  private static final int STOP_SECONDS = 20;

  private final Process process;

  private DemoAgent(Process process) {
    this.process = process;
  }

  /** Enrolls one with a token that is good for once. */
  static void enroll(DemoFolder folder, PlatformApi api, String url) {
    Map<String, Object> request = Map.of("name", "demo", "expires_in_days", 1, "max_uses", 1);
    String token = api.post("/api/enrollment-tokens", request).expected().path("token").asString();
    Path tokenFile = folder.root().resolve("enrollment.token");
    OwnerOnly.write(tokenFile, token.getBytes(StandardCharsets.US_ASCII));
    Program.run(
        Launcher.process(
            List.of(
                "agent",
                "enroll",
                "--server",
                url,
                "--token-file",
                tokenFile.toString(),
                "--data",
                folder.agent().toString())));
  }

  static DemoAgent run(DemoFolder folder, DemoCommand.Scheduler scheduler) {
    Path log = folder.root().resolve("agent.log");
    try {
      return new DemoAgent(
          Launcher.session(
                  List.of(
                      "agent",
                      "run",
                      "--data",
                      folder.agent().toString(),
                      "--scheduler",
                      scheduler.name()))
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start());
    } catch (IOException e) {
      throw new Refusal("cannot start the agent (" + Refusal.reason(e) + ")");
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
