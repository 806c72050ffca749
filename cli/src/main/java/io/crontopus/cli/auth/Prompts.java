package io.crontopus.cli.auth;

import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;

/** Asks a person who they are. */
record Prompts(Surroundings surroundings) {

  String username() {
    if (!surroundings.terminal().inputIsTerminal()) {
      throw Failure.usage("Who logs in? Name them with --username.");
    }
    surroundings.talk().print("User name: ");
    surroundings.talk().flush();
    return surroundings
        .readLine()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .orElseThrow(() -> Failure.usage("No user name was given."));
  }

  String password(String username, ServerUrl server, boolean isOnInput) {
    return secret(
        "Password of " + username + " at " + server + ": ",
        isOnInput,
        "Give it with --password-stdin, or log in with --with-token.");
  }

  String currentPassword(ServerUrl server, boolean isOnInput) {
    return secret(
        "Current password at " + server + ": ", isOnInput, "Give both with --password-stdin.");
  }

  String newPassword(ServerUrl server, boolean isOnInput) {
    return secret("New password at " + server + ": ", isOnInput, "Give it with --password-stdin.");
  }

  private String secret(String prompt, boolean isOnInput, String otherwise) {
    if (isOnInput) {
      return surroundings
          .readLine()
          .filter(password -> !password.isEmpty())
          .orElseThrow(() -> Failure.usage("Standard input holds no password."));
    }
    return surroundings
        .terminal()
        .askSecret(prompt)
        .orElseThrow(
            () -> Failure.usage("There is no terminal to ask for the password on.", otherwise));
  }
}
