package io.crontopus.cli.runs;

import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.Times;

/** How the fields of a run are written for a person. */
public final class RunFields {

  private RunFields() {}

  public static String job(Row run) {
    return run.text("namespace") + "/" + run.text("job_name");
  }

  public static String duration(Row run) {
    return run.number("duration").map(Times::duration).orElse("");
  }
}
