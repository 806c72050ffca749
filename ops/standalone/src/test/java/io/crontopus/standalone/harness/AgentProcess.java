package io.crontopus.standalone.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent as its users run it: enrolled with a token in a file, then a process of its own. */
public final class AgentProcess implements AutoCloseable {

  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final Path data;

  private AgentProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /** Enrolls one in the new folder {@code data} and starts it. */
  public static AgentProcess start(PlatformProcess platform, Path data, String scheduler) {
    String token =
        platform
            .api()
            .post("/api/enrollment-tokens", Map.of("name", "test", "max_uses", 1))
            .json()
            .path("token")
            .asString();
    try {
      Path file = Files.writeString(data.resolveSibling(data.getFileName() + ".enrollment"), token);
      Finished enrolled =
          Checkout.run(
              "agent", "enroll",
              "--server", platform.url(),
              "--token-file", file.toString(),
              "--data", data.toString(),
              "--machine-id", "test-" + data.hashCode());
      if (enrolled.exitCode() != 0) {
        throw new AssertionError("agent enroll: " + enrolled.err());
      }
      ProcessBuilder builder =
          new ProcessBuilder(Checkout.launcher().toString(), "agent", "run")
              .redirectErrorStream(true)
              .redirectOutput(data.resolveSibling(data.getFileName() + ".log").toFile());
      builder.command().addAll(List.of("--data", data.toString(), "--scheduler", scheduler));
      builder.environment().putAll(Checkout.environment());
      return new AgentProcess(builder.start(), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said so far. */
  public String log() {
    try {
      return Files.readString(data.resolveSibling(data.getFileName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the agent does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
