package io.crontopus.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were measured on. */
public final class Machine {

  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final double GIBIBYTE = 1L << 30;

  private Machine() {}

  /** In one line: cores, memory, Java. */
  public static String description() {
    return String.format(
        Locale.ROOT,
        "%d cores%s, %.0f GiB, Java %s, %s",
        Runtime.getRuntime().availableProcessors(),
        processor(),
        memory() / GIBIBYTE,
        System.getProperty("java.version"),
        System.getProperty("os.name"));
  }

  private static String processor() {
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static double memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
