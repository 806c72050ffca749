package io.crontopus.cli.tokens;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;

/** Revokes tokens one after the other, each after it was confirmed. */
final class Revocation {

  private Revocation() {}

  static void of(
      String kind,
      String path,
      List<String> ids,
      ApiClient api,
      Confirmation confirmation,
      Surroundings surroundings) {
    for (String id : ids) {
      confirmation.require("Revoke " + kind + " " + id + "?", surroundings);
      api.delete(path + Query.segment(id));
      surroundings.say(SafeText.line("Revoked " + kind + " " + id + "."));
    }
  }
}
