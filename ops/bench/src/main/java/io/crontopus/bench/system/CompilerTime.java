package io.crontopus.bench.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processor time of the compiler threads of a JVM: what is left of it in a measurement says how far
 * the program was from being warm.
 */
public final class CompilerTime {

  private static final Pattern COMPILER = Pattern.compile("^\\d+ \\(C[12] Compiler.*");

  private CompilerTime() {}

  /** Seconds up to now of those that still run; 0 where the system does not tell. */
  public static double of(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.map(CompilerTime::stat).mapToDouble(CompilerTime::seconds).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static double seconds(String stat) {
    return COMPILER.matcher(stat).matches() ? Usage.seconds(stat, false) : 0;
  }

  /** Empty for a thread that has ended meanwhile. */
  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
