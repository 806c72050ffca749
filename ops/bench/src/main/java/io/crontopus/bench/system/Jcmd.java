package io.crontopus.bench.system;

import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks another JVM of this machine and user. */
final class Jcmd {

  private Jcmd() {}

  /** What it answers to this command of {@code jcmd}. */
  static String ask(long pid, String... command) throws InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> line = new ArrayList<>(List.of(program, Long.toString(pid)));
    line.addAll(Arrays.asList(command));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new BenchFailure("cannot run " + program + ": " + e.getMessage(), e);
    }
  }
}
