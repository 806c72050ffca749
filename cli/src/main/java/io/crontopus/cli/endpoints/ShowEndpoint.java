package io.crontopus.cli.endpoints;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.PastOptions;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus endpoints show}. */
@Command(
    name = "show",
    description = "Show one endpoint and the jobs in its scheduler.",
    footer = {
      "  crontopus endpoints show ENDPOINT",
      "  crontopus endpoints show ENDPOINT --as-of '2026-01-31 03:00'",
      "  crontopus endpoints show ENDPOINT -o json"
    })
public final class ShowEndpoint extends OnlineCommand {
  private static final int MOST_JOBS = 1000;

  @Mixin private final PastOptions past = new PastOptions();

  @Parameters(paramLabel = "ENDPOINT", description = "The endpoint's id.")
  private String id = "";

  public ShowEndpoint(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    ApiClient api = api();
    String path = "/endpoints/" + Query.segment(id);
    JsonNode endpoint = api.get(path, past.in(Query.NONE, surroundings()));
    Printer printer = printer();
    printer.one(endpoint, () -> draw(new Row(endpoint), path, api, printer));
    return ExitCode.OK;
  }

  private void draw(Row endpoint, String path, ApiClient api, Printer printer) {
    printer
        .details()
        .add("Endpoint", endpoint.text("endpoint_id"))
        .add("Name", endpoint.text("name"))
        .addStatus("Status", endpoint.text("status"))
        .add("Last seen", exact(endpoint.time("last_seen_at")))
        .add("Host name", endpoint.text("hostname"))
        .add("Machine id", endpoint.text("machine_id"))
        .add("Platform", endpoint.text("platform"))
        .add("Agent version", endpoint.text("version"))
        .add("Labels", endpoint.pairs("labels"))
        .add("Scheduler", EndpointFields.scheduler(endpoint))
        .add("Commit", endpoint.text("applied_commit"))
        .add("Unsent results", endpoint.text("spool_depth"))
        .add("Enrolled", exact(endpoint.time("enrolled_at")))
        .write();
    var jobs = new ArrayList<Row>();
    api.pages(path + "/jobs", past.in(Query.NONE, surroundings()), "jobs", MOST_JOBS)
        .forEach(job -> jobs.add(new Row(job)));
    printer.table("Jobs", jobColumns(), jobs);
  }

  private List<Column> jobColumns() {
    return List.of(
        Column.elastic("JOB", job -> job.text("namespace") + "/" + job.text("name")),
        Column.status("STATE", job -> job.text("state")),
        Column.elastic("SCHEDULE", job -> job.joined("schedule")),
        Column.of("NEXT RUN", job -> relative(job.time("next_run_at"))),
        Column.elastic("MESSAGE", job -> job.text("message")));
  }
}
