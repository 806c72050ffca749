package io.crontopus.bench.system;

import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What is alive in the heap of another JVM. */
public record Heap(long usedBytes) {

  private static final Pattern USED =
      Pattern.compile("total (?:reserved )?\\d+K, (?:committed \\d+K, )?used (\\d+)K");
  private static final int KIBIBYTE = 1024;

  /** Lets that JVM collect its garbage, then looks. */
  public static Heap afterCollection(long pid) throws InterruptedException {
    jcmd(pid, "GC.run");
    return of(jcmd(pid, "GC.heap_info"));
  }

  /** What {@code jcmd} says of a heap: a line for each generation, where the collector has some. */
  static Heap of(String info) {
    long kibibytes =
        USED.matcher(info).results().mapToLong(each -> Long.parseLong(each.group(1))).sum();
    if (kibibytes == 0) {
      throw new BenchFailure("jcmd does not tell how much of the heap is used");
    }
    return new Heap(kibibytes * KIBIBYTE);
  }

  private static String jcmd(long pid, String command) throws InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(program, Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new BenchFailure("cannot run " + program + ": " + e.getMessage(), e);
    }
  }
}
