package io.crontopus.cli.jobs;

import io.crontopus.cli.command.JobName;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.PastOptions;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Pages;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.runs.RunFields;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus jobs show}. */
@Command(
    name = "show",
    description =
        "Show one job: what Git says, where it is in the scheduler, and how it last went.",
    footer = {
      "  crontopus jobs show backup",
      "  crontopus jobs show platform/daily-backup",
      "  crontopus jobs show platform/daily-backup --as-of 3d",
      "  crontopus jobs show platform/daily-backup -o yaml"
    })
public final class ShowJob extends OnlineCommand {
  private static final int MOST_ENDPOINTS = 50;
  private static final int MOST_RUNS = 5;

  @Mixin private final PastOptions past = new PastOptions();

  @Parameters(
      paramLabel = "[NAMESPACE/]JOB",
      description = "The job's name; in the namespace default unless another is given.")
  private String name = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The job's namespace.")
  private @Nullable String namespace;

  public ShowJob(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    String path = JobName.parse(name, namespace).path();
    ApiClient api = api();
    JsonNode job = api.get(path, past.in(Query.NONE, surroundings()));
    Printer printer = printer();
    printer.one(job, () -> draw(new Row(job), path, api, printer));
    return ExitCode.OK;
  }

  private void draw(Row job, String path, ApiClient api, Printer printer) {
    drawJob(job, printer);
    printer.table(
        "Problems in the manifest",
        List.of(
            Column.of("LINE", error -> error.text("line")),
            Column.of("FIELD", error -> error.text("field")),
            Column.of("PROBLEM", error -> error.text("message"))),
        job.rows("errors"));
    printer.table(
        "Endpoints",
        endpointColumns(),
        rows(
            api.pages(
                path + "/endpoints",
                past.in(Query.NONE, surroundings()),
                "endpoints",
                MOST_ENDPOINTS)));
    drawRuns(path, api, printer);
  }

  /** Runs are what they became, whenever they are looked at. */
  private void drawRuns(String path, ApiClient api, Printer printer) {
    String then = past.moment(surroundings());
    printer.table(
        then.isEmpty() ? "Latest runs" : "Runs that began before",
        runColumns(),
        rows(api.pages(path + "/runs", Query.NONE.with("to", then), "runs", MOST_RUNS)));
  }

  private void drawJob(Row job, Printer printer) {
    printer
        .details()
        .add("Job", job.text("namespace") + "/" + job.text("name"))
        .add("Id", job.text("job_id"))
        .addStatus("Status", JobFields.status(job))
        .add("Schedule", job.joined("schedule"))
        .add("Time zone", job.text("timezone"))
        .add("Command", job.text("command"))
        .add("Next run", exact(job.time("next_run_at")))
        .add("Labels", job.pairs("labels"))
        .add("Annotations", job.pairs("annotations"))
        .add("File", job.text("path"))
        .add("Commit", job.text("commit"))
        .add("Updated", exact(job.time("updated_at")))
        .write();
  }

  private List<Column> endpointColumns() {
    return List.of(
        Column.of("ENDPOINT", row -> row.text("endpoint_id")),
        Column.elastic("NAME", row -> row.firstText("endpoint_name", "name")),
        Column.status("STATE", row -> row.text("state")),
        Column.of("NEXT RUN", row -> relative(row.time("next_run_at"))),
        Column.elastic("MESSAGE", row -> row.text("message")));
  }

  private List<Column> runColumns() {
    return List.of(
        Column.of("RUN", run -> run.text("run_id")),
        Column.status("STATUS", run -> run.text("status")),
        Column.of("EXIT", run -> run.text("exit_code")),
        Column.of("STARTED", run -> relative(run.time("started_at"))),
        Column.of("DURATION", RunFields::duration));
  }

  private static List<Row> rows(Pages pages) {
    var rows = new ArrayList<Row>();
    pages.forEach(page -> rows.add(new Row(page)));
    return rows;
  }
}
