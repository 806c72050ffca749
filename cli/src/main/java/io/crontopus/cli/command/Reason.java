package io.crontopus.cli.command;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.Query;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Why an operator does something. */
public final class Reason {

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; for the audit logs of the platform and of the tenant that it is about.")
  private String reason = "";

  /** A request that says why. */
  public ObjectNode request() {
    return Json.object().put("reason", reason);
  }

  /** The same as a parameter, for requests that have no body. */
  public Query query() {
    return Query.NONE.with("reason", reason);
  }
}
