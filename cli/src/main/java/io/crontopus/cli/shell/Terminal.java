package io.crontopus.cli.shell;

import java.util.Optional;

/** What the command's streams are connected to. */
public interface Terminal {

  boolean inputIsTerminal();

  boolean outputIsTerminal();

  /** Columns of the window; empty when the terminal does not tell. */
  Optional<Integer> width();

  /** Asks for a secret without showing what is typed; empty when there is no terminal to ask on. */
  Optional<String> askSecret(String prompt);
}
