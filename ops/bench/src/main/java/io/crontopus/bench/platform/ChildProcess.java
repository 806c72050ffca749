package io.crontopus.bench.platform;

import io.crontopus.bench.session.BenchFailure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of this program that says {@code ready …} when it is. It has a session of its own, so
 * that a Ctrl-C ends it in order and not at once.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final String READY = "ready ";

  private final String name;
  private final Process process;
  private final StringBuilder talk = new StringBuilder();
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    Thread.ofVirtual().start(() -> read(process.errorReader(StandardCharsets.UTF_8)));
    var _ = process.onExit().thenRun(() -> ready.completeExceptionally(new BenchFailure(ended())));
  }

  /** A command of the launcher, as {@code up}. */
  public static ChildProcess launcher(
      String name, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    String script = System.getProperty("crontopus.launcher");
    if (script == null) {
      command.addAll(java("io.crontopus.standalone.Main"));
    } else {
      command.add(script);
    }
    command.addAll(List.of(arguments));
    return start(name, environment, command);
  }

  /** A main class of this program's class path, with the JVM options that the platform has. */
  public static ChildProcess main(String name, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(java(main.getName()));
    command.addAll(List.of(arguments));
    return start(name, Map.of(), command);
  }

  private static List<String> java(String main) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xms64m",
        "-Xmx1g",
        "-XX:+UseParallelGC",
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        main);
  }

  private static ChildProcess start(
      String name, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (new File("/usr/bin/setsid").canExecute()) {
      command.add("/usr/bin/setsid");
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CRONTOPUS_BUILD", "never");
    builder.environment().put("CRONTOPUS_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(name, builder.start());
    } catch (IOException e) {
      throw new BenchFailure("cannot start the " + name + ": " + e.getMessage(), e);
    }
  }

  private void read(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (talk) {
          talk.append(line).append('\n');
        }
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()));
        }
      }
    } catch (IOException e) {
      // It ended in the middle of a line.
    }
  }

  /** What it says behind {@code ready}, when it has. */
  public String awaitReady() throws InterruptedException {
    try {
      return ready.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new BenchFailure(ended(), e);
    } catch (TimeoutException e) {
      throw new BenchFailure("the " + name + " does not get ready:\n" + said(), e);
    }
  }

  /** Waits for its end, which has to be a good one. */
  public void awaitSuccess() throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new BenchFailure(ended());
    }
  }

  private String ended() {
    return "the " + name + " ended by itself:\n" + said();
  }

  private String said() {
    synchronized (talk) {
      return talk.toString();
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
