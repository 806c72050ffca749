package io.crontopus.bench.system;

import io.crontopus.bench.session.BenchFailure;
import java.util.regex.Pattern;

/** What is alive in the heap of another JVM. */
public record Heap(long usedBytes) {

  private static final Pattern USED =
      Pattern.compile("total (?:reserved )?\\d+K, (?:committed \\d+K, )?used (\\d+)K");
  private static final int KIBIBYTE = 1024;

  /** Lets that JVM collect its garbage, then looks. */
  public static Heap afterCollection(long pid) throws InterruptedException {
    Jcmd.ask(pid, "GC.run");
    return of(Jcmd.ask(pid, "GC.heap_info"));
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
}
