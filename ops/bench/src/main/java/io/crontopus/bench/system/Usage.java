package io.crontopus.bench.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process and those below it have used, as Linux counts it.
 *
 * @param own seconds of processor time of the process itself
 * @param below seconds of processor time of the processes below it, ended ones included
 * @param resident bytes of the process in memory
 * @param atNanos when this was looked at
 */
public record Usage(double own, double below, long resident, long atNanos) {

  private static final double TICKS_PER_SECOND = 100;
  private static final int KIBIBYTE = 1024;

  /** Fields of {@code /proc/PID/stat} behind the name, which may hold blanks. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /** What it has used up to now. */
  public static Usage of(ProcessHandle process) {
    double own = seconds(process.pid(), false);
    double ended = seconds(process.pid(), true) - own;
    double below = process.descendants().mapToDouble(each -> seconds(each.pid(), true)).sum();
    return new Usage(own, ended + below, resident(process.pid()), System.nanoTime());
  }

  /** Share of one core that was used since {@code earlier}, in percent. */
  public double percentSince(Usage earlier) {
    return 100 * secondsSince(earlier) * 1e9 / (atNanos - earlier.atNanos);
  }

  /** Seconds of processor time since {@code earlier}. */
  public double secondsSince(Usage earlier) {
    return own + below - earlier.own - earlier.below;
  }

  private static double seconds(long pid, boolean withEnded) {
    try {
      return seconds(
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1),
          withEnded);
    } catch (IOException e) {
      return 0;
    }
  }

  /** From the content of the {@code stat} file of a process or a thread. */
  static double seconds(String stat, boolean withEnded) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    if (withEnded) {
      ticks += Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Bytes of a process in memory; 0 where the system does not tell. */
  public static long resident(long pid) {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      return status.stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
