package io.crontopus.cli.runs;

import io.crontopus.cli.output.Documents;
import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Palette;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.Out;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;

/** Changes of runs as they come: a line each for a person, a document each for a program. */
record RunLines(Out out, OutputFormat format, Palette palette, Clock clock) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int STATUS_WIDTH = "cancelled".length();

  void write(Row run) {
    switch (format) {
      case TABLE -> out.line(line(run));
      case JSON -> out.line(Documents.jsonLine(run.json()));
      case YAML -> out.print("---\n" + Documents.yaml(run.json()));
    }
  }

  private String line(Row run) {
    String status = SafeText.line(run.text("status"));
    var parts = new ArrayList<String>();
    parts.add(clock.instant().atZone(clock.getZone()).format(TIME));
    parts.add(
        palette.paint(status, status) + " ".repeat(Math.max(0, STATUS_WIDTH - status.length())));
    parts.add(SafeText.line(RunFields.job(run)));
    if (run.has("exit_code")) {
      parts.add("exit " + SafeText.line(run.text("exit_code")));
    }
    if (run.has("duration")) {
      parts.add(RunFields.duration(run));
    }
    parts.add(SafeText.line(run.text("run_id")));
    return String.join("  ", parts);
  }
}
