package io.crontopus.cli.platform;

import io.crontopus.cli.shell.Terminal;
import java.util.Optional;

/**
 * A terminal of a given kind.
 *
 * @param password what its user types when asked for a secret
 */
public record TestTerminal(
    boolean inputIsTerminal,
    boolean outputIsTerminal,
    Optional<Integer> width,
    Optional<String> password)
    implements Terminal {
  static final TestTerminal NONE =
      new TestTerminal(false, false, Optional.empty(), Optional.empty());

  @Override
  public Optional<String> askSecret(String prompt) {
    return password;
  }
}
