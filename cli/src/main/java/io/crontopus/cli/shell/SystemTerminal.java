package io.crontopus.cli.shell;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The terminal of this process. */
final class SystemTerminal implements Terminal {

  @Override
  public boolean inputIsTerminal() {
    return isTerminal(0);
  }

  @Override
  public boolean outputIsTerminal() {
    return isTerminal(1);
  }

  /**
   * The JDK only tells whether input and output both are terminals. On Linux the link of the
   * descriptor tells it for each, so that {@code … | crontopus …} still draws tables for a person.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return console().isPresent();
    }
  }

  /** Null is what a JDK 25 gives without a terminal; others give a console that is none. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  @Override
  public Optional<Integer> width() {
    try {
      Process stty =
          new ProcessBuilder(List.of("stty", "size"))
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      int columns = Integer.parseInt(size.strip().replaceFirst("^\\d+ ", ""));
      return columns > 0 ? Optional.of(columns) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> askSecret(String prompt) {
    return console().map(console -> console.readPassword("%s", prompt)).map(String::new);
  }
}
