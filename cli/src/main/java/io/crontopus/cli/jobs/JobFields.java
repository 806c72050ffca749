package io.crontopus.cli.jobs;

import io.crontopus.cli.output.Row;

/** How the fields of a job are written for a person. */
final class JobFields {

  private JobFields() {}

  /** Its health; what Git says about it where the platform has no health for it. */
  static String status(Row job) {
    String status = job.text("status");
    if (job.isFalse("enabled")) {
      return "disabled";
    }
    return status.isEmpty() && job.flag("paused") ? "paused" : status;
  }

  static String schedule(Row job) {
    String zone = job.text("timezone");
    String schedule = job.joined("schedule");
    return zone.isEmpty() || zone.equals("UTC") ? schedule : schedule + " " + zone;
  }
}
