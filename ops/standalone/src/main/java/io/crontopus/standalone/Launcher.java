package io.crontopus.standalone;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** This program, as a command for a further process of it. */
public final class Launcher {

  private Launcher() {}

  /**
   * A process builder for {@code arguments}: by the launcher script that started this process, else
   * by the same JVM. It does not build again.
   */
  public static ProcessBuilder process(List<String> arguments) {
    List<String> command = new ArrayList<>();
    String script = System.getProperty("crontopus.launcher");
    if (script == null) {
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    } else {
      command.add(script);
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment());
    return builder;
  }

  /**
   * Like {@link #process}, in a session of its own, so that a Ctrl-C for this process does not
   * reach it.
   */
  public static ProcessBuilder session(List<String> arguments) {
    ProcessBuilder builder = process(arguments);
    if (new File("/usr/bin/setsid").canExecute()) {
      List<String> command = new ArrayList<>(List.of("/usr/bin/setsid"));
      command.addAll(builder.command());
      builder.command(command);
    }
    return builder;
  }

  private static Map<String, String> environment() {
    return Map.of(
        "CRONTOPUS_BUILD", "never", "CRONTOPUS_JAVA_HOME", System.getProperty("java.home"));
  }
}
