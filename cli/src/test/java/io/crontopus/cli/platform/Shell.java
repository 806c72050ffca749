package io.crontopus.cli.platform;

import io.crontopus.cli.CrontopusCli;
import io.crontopus.cli.shell.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A person at a shell: runs commands in a world of their own and keeps what they print. */
public final class Shell {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private String input = "";
  private TestTerminal terminal = TestTerminal.NONE;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public Shell(Path home) {
    this.home = home;
  }

  /** With a token for this platform in the environment. */
  public static Shell at(TestPlatform platform, Path home) {
    return new Shell(home)
        .with("CRONTOPUS_SERVER", platform.url())
        .with("CRONTOPUS_TOKEN", "ctp_test");
  }

  public Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Shell input(String text) {
    input = text;
    return this;
  }

  public Shell at(Instant time) {
    clock = Clock.fixed(time, ZoneOffset.UTC);
    return this;
  }

  /** In front of a screen of so many columns. */
  public Shell onTerminal(int columns) {
    terminal = new TestTerminal(true, true, Optional.of(columns), Optional.empty());
    return this;
  }

  /** With somebody who can be asked, though nobody sees standard output. */
  public Shell askable(String password) {
    terminal = new TestTerminal(true, false, Optional.empty(), Optional.of(password));
    return this;
  }

  public Result run(String... arguments) {
    out.reset();
    err.reset();
    int exitCode = runInto(out, arguments);
    return new Result(exitCode, text(out), text(err));
  }

  /** Runs a command whose standard output goes elsewhere. */
  public int runInto(OutputStream data, String... arguments) {
    return new CrontopusCli(surroundings(data, err)).createCommandLine().execute(arguments);
  }

  /** The world that commands run in. */
  public Surroundings surroundings(OutputStream data, OutputStream talk) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return new Surroundings(environment, in, data, talk, home, home, clock, terminal);
  }

  /** What stands on standard error so far. */
  public String errors() {
    return text(err);
  }

  /** What stands on standard output so far. */
  public String output() {
    return text(out);
  }

  /** The same, for a command that is still running. */
  public int runLive(String... arguments) {
    return runInto(out, arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  /** How a command ended. */
  public record Result(int exitCode, String out, String err) {}
}
