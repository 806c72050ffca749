package io.crontopus.cli.runs;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus runs show}. */
@Command(
    name = "show",
    description = "Show one run with its output.",
    footer = {
      "  crontopus runs show 0198c0de-7a1e-7000-8000-5f2d8c3b1a90",
      "  crontopus runs show $(crontopus runs list -q --status failure --limit 1)",
      "  crontopus runs show 0198c0de-7a1e-7000-8000-5f2d8c3b1a90 --output-only | grep ERROR"
    })
public final class ShowRun extends OnlineCommand {

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  private String id = "";

  @Option(
      names = "--output-only",
      description =
          "Print only what the job printed; byte for byte when it does not go to a terminal.")
  private boolean isOutputOnly;

  public ShowRun(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JsonNode run = api().get("/runs/" + Query.segment(id));
    if (isOutputOnly) {
      printOutput(new Row(run).text("output"));
    } else {
      Printer printer = printer();
      printer.one(run, () -> draw(new Row(run), printer));
    }
    return ExitCode.OK;
  }

  private void printOutput(String output) {
    boolean isSeen = surroundings().terminal().outputIsTerminal();
    surroundings().data().print(isSeen ? withLineEnd(SafeText.block(output)) : output);
  }

  private static String withLineEnd(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private void draw(Row run, Printer printer) {
    printer
        .details()
        .add("Run", run.text("run_id"))
        .add("Job", RunFields.job(run))
        .addStatus("Status", run.text("status"))
        .add("Exit code", run.text("exit_code"))
        .add("Error", run.text("error_message"))
        .add("Started", exact(run.time("started_at")))
        .add("Finished", exact(run.time("finished_at")))
        .add("Duration", RunFields.duration(run))
        .add("Endpoint", run.text("endpoint_id"))
        .add("Commit", run.text("commit"))
        .add("Source", run.text("source"))
        .add("Received", exact(run.time("received_at")))
        .write();
    String output = run.text("output");
    printer.heading(run.flag("output_truncated") ? "Output (shortened)" : "Output");
    printer.out().print(output.isEmpty() ? "(none)\n" : withLineEnd(SafeText.block(output)));
  }
}
