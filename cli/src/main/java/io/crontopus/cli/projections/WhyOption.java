package io.crontopus.cli.projections;

import io.crontopus.cli.http.Query;
import picocli.CommandLine.Option;

/** Why an operator does something. */
final class WhyOption {

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; for the platform's audit log.")
  private String reason = "";

  /** What is said of it in a request. */
  Query query() {
    return Query.NONE.with("reason", reason);
  }
}
