package io.crontopus.standalone.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.Checkout;
import io.crontopus.standalone.harness.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {

  @TempDir Path folder;

  @Test
  void runsThroughALinkFromAnyFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("a link"), Checkout.launcher());
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("a link"));
    ProcessBuilder builder =
        new ProcessBuilder(second.toString(), "--version").directory(folder.toFile());
    builder.environment().putAll(Checkout.environment());

    assertThat(Finished.run(builder).out()).startsWith("crontopus ");
    Files.delete(folder.resolve("a link"));
  }

  @Test
  void runsWithAnEmptyHome() {
    Finished finished = Checkout.run(Map.of("HOME", folder.toString()), "--version");

    assertThat(finished.exitCode()).isZero();
    assertThat(finished.err()).isEmpty();
  }

  @Test
  void saysWhatToInstallWithoutAJdk() throws IOException {
    // A machine without a JDK: nothing on PATH but what a shell script needs, and a launcher that
    // looks elsewhere.
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String program : new String[] {"sh", "dirname", "readlink", "grep"}) {
      Path wrapper =
          Files.writeString(bin.resolve(program), "#!/bin/sh\nexec /bin/" + program + " \"$@\"\n");
      assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    }
    String script =
        Files.readString(Checkout.launcher())
            .replace("/usr/lib/jvm/*", "")
            .replace("/opt/*", "")
            .replace("/usr/java/*", "");
    Path launcher = Files.writeString(folder.resolve("crontopus"), script);
    ProcessBuilder builder =
        new ProcessBuilder(bin.resolve("sh").toString(), launcher.toString(), "--version");
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());

    Finished finished = Finished.run(builder);

    assertThat(finished.exitCode()).isEqualTo(1);
    assertThat(finished.out()).isEmpty();
    assertThat(finished.err())
        .contains("needs a JDK 25")
        .contains("install one")
        .contains("JAVA_HOME");
  }

  @Test
  void refusesAnUnknownCommandAsUsage() {
    Finished finished = Checkout.run("upp");

    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err()).contains("up");
  }
}
