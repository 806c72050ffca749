package io.crontopus.cli.endpoints;

import io.crontopus.cli.output.Row;

/** How the fields of an endpoint are written for a person. */
final class EndpointFields {

  private EndpointFields() {}

  static String scheduler(Row endpoint) {
    String scheduler = endpoint.text("scheduler");
    return endpoint.isFalse("scheduler_alive") ? scheduler + " (dead)" : scheduler;
  }
}
