package io.crontopus.agent.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine says about its zone and its cron daemon. */
class HostTest {

  @TempDir Path root;

  @Test
  void readsTheZoneFromTheLinkThatNamesIt() throws IOException {
    Path zone = root.resolve("usr/share/zoneinfo/Europe/Berlin");
    Files.createDirectories(zone.getParent());
    Files.writeString(zone, "TZif");
    Files.createSymbolicLink(root.resolve("localtime"), zone);

    assertThat(HostZone.find(root)).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void readsTheZoneFromItsNameWhenTheFileIsACopy() throws IOException {
    Files.writeString(root.resolve("localtime"), "TZif");
    Files.writeString(root.resolve("timezone"), "Asia/Tokyo\n");

    assertThat(HostZone.find(root)).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void isUtcWithoutAZone() {
    assertThat(HostZone.find(root)).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void findsTheDaemonByItsPidFileAndByItsName() throws IOException {
    CronDaemon daemon = new CronDaemon(root);
    Files.createDirectories(root.resolve("proc/42"));
    Files.writeString(root.resolve("proc/42/comm"), "bash\n");
    Files.createDirectories(root.resolve("run"));
    Files.writeString(root.resolve("run/crond.pid"), "42\n");
    assertThat(daemon.isRunning()).isFalse();

    Files.writeString(root.resolve("proc/42/comm"), "cron\n");
    assertThat(daemon.isRunning()).isTrue();

    Files.delete(root.resolve("run/crond.pid"));
    assertThat(daemon.isRunning()).isTrue();
  }
}
