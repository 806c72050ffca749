package io.crontopus.cli.tokens;

import io.crontopus.cli.shell.Failure;
import java.util.List;

/** What an API token may do. */
final class Scopes {
  static final String HELP =
      "What the token may do, separated by commas: read:runs, write:runs, read:jobs, write:jobs,"
          + " read:agents, write:agents, read:tokens, write:tokens, read:users, write:users,"
          + " read:audit, or admin:* for everything.";

  private static final List<String> KNOWN =
      List.of(
          "read:runs",
          "write:runs",
          "read:jobs",
          "write:jobs",
          "read:agents",
          "write:agents",
          "read:tokens",
          "write:tokens",
          "read:users",
          "write:users",
          "read:audit",
          "admin:*");

  private Scopes() {}

  /**
   * The scopes, each once.
   *
   * @throws Failure when one is unknown
   */
  static List<String> checked(List<String> scopes) {
    for (String scope : scopes) {
      if (!KNOWN.contains(scope.strip())) {
        throw Failure.usage(
            "'" + scope + "' is no scope.", "The scopes are: " + String.join(", ", KNOWN));
      }
    }
    return scopes.stream().map(String::strip).distinct().toList();
  }
}
