package io.crontopus.agent.wrapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's own programs that the wrapper makes use of, by absolute path: a job's {@code PATH}
 * is the job's.
 *
 * @param setsid gives the job a process group, so that all of it can be ended
 * @param resetSignals undoes that shells start background processes deaf to interrupts; ends where
 *     the command begins
 * @param nice sets the niceness
 * @param ionice sets the I/O class
 * @param flock keeps runs from overlapping
 */
public record HostTools(
    Optional<String> setsid,
    List<String> resetSignals,
    Optional<String> nice,
    Optional<String> ionice,
    Optional<String> flock) {

  private static final List<String> FOLDERS =
      List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin");
  private static final String PERL = "$SIG{INT} = $SIG{QUIT} = q(DEFAULT); exec { $ARGV[0] } @ARGV";

  public HostTools {
    resetSignals = List.copyOf(resetSignals);
  }

  /** What this machine has. */
  public static HostTools find() {
    return new HostTools(
        program("setsid"),
        resetSignalsWith(),
        program("nice"),
        program("ionice"),
        program("flock"));
  }

  private static List<String> resetSignalsWith() {
    return program("env")
        .map(env -> List.of(env, "--default-signal=INT,QUIT"))
        .filter(HostTools::works)
        .or(() -> program("perl").map(perl -> List.of(perl, "-e", PERL)).filter(HostTools::works))
        .orElse(List.of());
  }

  private static boolean works(List<String> prefix) {
    try {
      Process process =
          new ProcessBuilder(concat(prefix, List.of("/bin/sh", "-c", ":")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> concat(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private static Optional<String> program(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
