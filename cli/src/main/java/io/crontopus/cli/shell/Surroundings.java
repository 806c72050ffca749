package io.crontopus.cli.shell;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a command takes from outside, so that a test can give it another world.
 *
 * @param environment the environment variables
 * @param home the user's home directory
 * @param directory the directory that relative file names start from
 * @param clock the time, and the zone that times without one are meant in
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    Out data,
    Out talk,
    Path home,
    Path directory,
    Clock clock,
    Terminal terminal) {

  public Surroundings(
      Map<String, String> environment,
      InputStream in,
      OutputStream out,
      OutputStream err,
      Path home,
      Path directory,
      Clock clock,
      Terminal terminal) {
    this(environment, in, new Out(out), new Out(err), home, directory, clock, terminal);
  }

  /** Those of this process. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(
        System.getenv(),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        homeOfThisProcess(),
        Path.of(""),
        Clock.system(ZoneId.systemDefault()),
        new SystemTerminal());
  }

  /** {@code HOME} as programs on Unix take it; the JDK itself asks the list of users instead. */
  private static Path homeOfThisProcess() {
    String home = System.getenv("HOME");
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", ".") : home);
  }

  /** An environment variable; one that is set to nothing counts as not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** A file as the user named it. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** A line for the person, on standard error. */
  public void say(String line) {
    talk.line(line);
    talk.flush();
  }

  /** All of standard input as text, without line ends at its end. */
  public String readInput() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException("Standard input cannot be read", e);
    }
  }

  /** The next line of standard input, byte by byte so that nothing beyond it is swallowed. */
  public Optional<String> readLine() {
    var line = new ByteArrayOutputStream();
    try {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      while (next >= 0 && next != '\n') {
        line.write(next);
        next = in.read();
      }
      String text = line.toString(StandardCharsets.UTF_8);
      return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (IOException e) {
      throw new UncheckedIOException("Standard input cannot be read", e);
    }
  }
}
