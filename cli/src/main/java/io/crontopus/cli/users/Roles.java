package io.crontopus.cli.users;

import io.crontopus.cli.shell.Failure;
import java.util.List;

/** What a user can be. */
final class Roles {
  static final String HELP = "What they may do: owner, admin, operator or viewer.";

  private static final List<String> KNOWN = List.of("owner", "admin", "operator", "viewer");

  private Roles() {}

  /**
   * The role.
   *
   * @throws Failure when it is unknown
   */
  static String checked(String role) {
    if (!KNOWN.contains(role)) {
      throw Failure.usage(
          "'" + role + "' is no role.", "The roles are: " + String.join(", ", KNOWN));
    }
    return role;
  }
}
