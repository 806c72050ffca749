package io.crontopus.standalone.demo;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Program {

  private static final int PATIENCE_SECONDS = 60;

  private Program() {}

  /** Whether {@code command} can be run and succeeds. */
  static boolean works(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Runs it; it must succeed.
   *
   * @throws Refusal with what it said when it does not
   */
  static String run(ProcessBuilder builder) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new Refusal(name(builder) + " failed: " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new Refusal("cannot run " + name(builder) + " (" + Refusal.reason(e) + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted");
    }
  }

  private static String name(ProcessBuilder builder) {
    return String.join(" ", builder.command().subList(0, Math.min(2, builder.command().size())));
  }
}
