package io.crontopus.agent.enroll;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * This machine as manifests select it.
 *
 * @param hostname the machine's name
 * @param platform {@code linux}, {@code macos} or {@code windows}
 * @param user who the agent and its jobs run as
 */
public record Host(String hostname, String platform, String user) {

  /** The machine that this is. */
  public static Host local() {
    return new Host(
        hostnameOfMachine(),
        platform(System.getProperty("os.name", "")),
        System.getProperty("user.name", "unknown"));
  }

  private static String hostnameOfMachine() {
    Path kernel = Path.of("/proc/sys/kernel/hostname");
    try {
      if (Files.isReadable(kernel)) {
        return Files.readString(kernel).strip();
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  static String platform(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.contains("mac")) {
      return "macos";
    }
    return name.contains("windows") ? "windows" : "linux";
  }
}
