package io.crontopus.standalone.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The checkout that the tests run in, and its launcher. */
public final class Checkout {

  /** The variable that the launcher takes further options of the JVM from. */
  static final String JAVA_OPTIONS = "CRONTOPUS_JAVA_OPTS";

  private Checkout() {}

  /** Its root folder. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("crontopus")) || !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not in a checkout: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  public static Path launcher() {
    return root().resolve("crontopus");
  }

  /** Settings for a launched process: it does not build, and keeps to folders of the tests. */
  public static Map<String, String> environment() {
    return Map.of(
        "CRONTOPUS_BUILD",
        "never",
        "CRONTOPUS_JAVA_HOME",
        System.getProperty("java.home"),
        "CRONTOPUS_HEAP",
        "512m",
        // A process that lives for a minute does not get back what the best compiler costs.
        JAVA_OPTIONS,
        "-XX:TieredStopAtLevel=1",
        "XDG_CACHE_HOME",
        root().resolve("ops/standalone/target/test-cache").toString());
  }

  /** Runs the launcher with {@code arguments} to its end. */
  public static Finished run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** The same with further environment variables; an empty value removes one. */
  public static Finished run(Map<String, String> variables, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(launcher().toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment());
    variables.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return Finished.run(builder);
  }
}
