package io.crontopus.command.sso;

import io.crontopus.web.Problem;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where in the console somebody goes on after signing in. Whatever it says, a browser stays on this
 * server with it: it is read as browsers read it, to whom a backslash is a slash, and what is not
 * plain is refused.
 */
final class ReturnPath {

  private static final int LONGEST = 500;
  private static final String PLAIN =
      "/([-A-Za-z0-9._~!$&'()*+,;=:@%?#][-A-Za-z0-9._~!$&'()*+,;=:@%?#/]*)?";

  private ReturnPath() {}

  /**
   * The path, with its query and fragment.
   *
   * @throws Problem 400 when it is no such one
   */
  static String of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "/";
    }
    if (text.length() > LONGEST || !text.matches(PLAIN) || !staysHere(text)) {
      throw Problem.invalid("return_to", "must be a path on this server, such as /jobs");
    }
    return text;
  }

  private static boolean staysHere(String path) {
    URI here = URI.create("https://here.invalid/");
    try {
      URI there = here.resolve(path);
      return "https".equals(there.getScheme()) && "here.invalid".equals(there.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
