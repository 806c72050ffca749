package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How to start PostgreSQL's programs, which refuse to run as root. For root they run in a user
 * namespace where they are nobody, or, where namespaces are not allowed (containers), as user
 * nobody with just enough rights to reach the folder.
 *
 * @param prefix what to put before the command
 * @param owner user id that the cluster's files must have; negative: leave them as they are
 */
record Unprivileged(List<String> prefix, int owner) {

  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final int TRIAL_SECONDS = 10;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> USER_NOBODY =
      List.of(
          "setpriv",
          "--reuid=" + NOBODY,
          "--regid=" + NOBODY,
          "--clear-groups",
          "--inh-caps=+dac_override",
          "--ambient-caps=+dac_override");

  static Unprivileged choose() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new Unprivileged(List.of(), -1);
    }
    if (works(NAMESPACE)) {
      return new Unprivileged(NAMESPACE, ROOT);
    }
    if (works(USER_NOBODY)) {
      return new Unprivileged(USER_NOBODY, NOBODY);
    }
    throw new Refusal(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here: start as another user, or give an external PostgreSQL with --database");
  }

  private static boolean works(List<String> prefix) {
    List<String> trial = new ArrayList<>(prefix);
    trial.addAll(List.of("sh", "-c", "test \"$(id -u)\" != 0"));
    try {
      Process process =
          new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Gives {@code folder} and its content to {@link #owner}, which may differ from that of an
   * earlier start.
   */
  void own(Path folder) throws IOException {
    if (owner >= 0 && !Integer.valueOf(owner).equals(Files.getAttribute(folder, "unix:uid"))) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.toList()) {
          Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }
}
