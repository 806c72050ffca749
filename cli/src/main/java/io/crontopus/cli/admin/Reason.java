package io.crontopus.cli.admin;

import io.crontopus.cli.http.Json;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Why an operator does something. */
final class Reason {

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; for the audit logs of the tenant and of the platform.")
  private String reason = "";

  /** A request that says why. */
  ObjectNode request() {
    return Json.object().put("reason", reason);
  }
}
