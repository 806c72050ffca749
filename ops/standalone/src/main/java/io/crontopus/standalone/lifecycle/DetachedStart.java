package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Launcher;
import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.DataLock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a platform that outlives this process, and shows its progress until it is ready or has
 * failed.
 */
record DetachedStart(StartOptions options) {

  private static final String READY = "ready ";
  private static final int LOOK_MILLIS = 50;

  int call() {
    DataFolder data = options.folder();
    data.prepare();
    DataLock.take(data).close();
    Path output = data.logs().resolve("start.log");
    try {
      Files.deleteIfExists(output);
      Process platform =
          Launcher.session(arguments(data))
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      Thread cancel = Thread.ofPlatform().unstarted(() -> stop(platform));
      Runtime.getRuntime().addShutdownHook(cancel);
      return follow(platform, output, cancel);
    } catch (IOException e) {
      throw new Refusal("cannot start the platform in the background (" + Refusal.reason(e) + ")");
    }
  }

  private List<String> arguments(DataFolder data) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", data.root().toString()));
    if (options.port != null) {
      arguments.addAll(List.of("--port", options.port.toString()));
    }
    if (options.address != null) {
      arguments.addAll(List.of("--address", options.address));
    }
    if (options.publicUrl != null) {
      arguments.addAll(List.of("--public-url", options.publicUrl));
    }
    if (options.database != null) {
      arguments.addAll(List.of("--database", options.database));
    }
    if (options.tlsCert != null) {
      arguments.addAll(List.of("--tls-cert", options.tlsCert.toString()));
    }
    if (options.tlsKey != null) {
      arguments.addAll(List.of("--tls-key", options.tlsKey.toString()));
    }
    if (options.noTls) {
      arguments.add("--no-tls");
    }
    return arguments;
  }

  private static void stop(Process platform) {
    platform.destroy();
    platform.onExit().join();
  }

  private static int follow(Process platform, Path output, Thread cancel) throws IOException {
    try (RandomAccessFile lines = new RandomAccessFile(output.toFile(), "r")) {
      boolean ended = false;
      while (true) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String text =
              new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
          if (text.startsWith(READY)) {
            Runtime.getRuntime().removeShutdownHook(cancel);
            System.out.println(text);
            return 0;
          }
          System.err.println(text);
        }
        if (ended) {
          Runtime.getRuntime().removeShutdownHook(cancel);
          return Math.max(1, platform.exitValue());
        }
        ended = platform.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
