package io.crontopus.agent.cron;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The zone that a cron daemon reads its tables in: the machine's, whatever the agent's own is. */
final class HostZone {

  private static final String DATABASE = "/zoneinfo/";

  private HostZone() {}

  static ZoneId find() {
    return find(Path.of("/etc"));
  }

  static ZoneId find(Path etc) {
    Path localtime = etc.resolve("localtime");
    if (!Files.exists(localtime)) {
      return ZoneOffset.UTC;
    }
    return linked(localtime)
        .or(() -> named(etc.resolve("timezone")))
        .orElseGet(ZoneId::systemDefault);
  }

  private static Optional<ZoneId> linked(Path localtime) {
    try {
      String target = localtime.toRealPath().toString();
      int at = target.indexOf(DATABASE);
      return at < 0 ? Optional.empty() : zone(target.substring(at + DATABASE.length()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> named(Path timezone) {
    try {
      return zone(Files.readString(timezone).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name.replaceFirst("^(posix|right)/", "")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
