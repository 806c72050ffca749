package io.crontopus.cli.jobs;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.PastOptions;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus jobs list}. */
@Command(
    name = "list",
    description = "List jobs.",
    footer = {
      "  crontopus jobs list",
      "  crontopus jobs list --status down --label team=platform",
      "  crontopus jobs list --status down --as-of 2026-01-31T03:00",
      "  crontopus jobs list --all -o json | jq '.[] | select(.paused) | .name'"
    })
public final class ListJobs extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();
  @Mixin private final PastOptions past = new PastOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only jobs in this namespace.")
  private @Nullable String namespace;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only jobs with this health, such as up, running, late, down or paused.")
  private @Nullable String status;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY=VALUE",
      description = "Only jobs with this label; may be repeated.")
  private List<String> labels = List.of();

  @Option(names = "--search", paramLabel = "TEXT", description = "Only jobs that contain this.")
  private @Nullable String search;

  public ListJobs(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Query query =
        Query.NONE
            .with("namespace", namespace == null ? "" : namespace)
            .with("status", status == null ? "" : status)
            .with("q", search == null ? "" : search);
    for (String label : labels) {
      query = query.with("label", checked(label));
    }
    Query then = past.in(query, surroundings());
    list.show(listing(), api(), "/jobs", then, "jobs", format(), surroundings());
    return ExitCode.OK;
  }

  private static String checked(String label) {
    if (label.indexOf('=') < 1) {
      throw Failure.usage("'" + label + "' is no label: it is KEY=VALUE.");
    }
    return label;
  }

  private Listing listing() {
    return new Listing(
        "jobs",
        ListJobs::name,
        Column.elastic("JOB", ListJobs::name),
        Column.status("STATUS", JobFields::status),
        Column.elastic("SCHEDULE", JobFields::schedule),
        Column.of("NEXT RUN", job -> relative(job.time("next_run_at"))),
        Column.status("LAST RUN", job -> job.child("last_run").text("status")),
        Column.of("FINISHED", job -> relative(job.child("last_run").time("finished_at"))),
        Column.elastic("COMMAND", job -> job.text("command")));
  }

  private static String name(Row job) {
    return job.text("namespace") + "/" + job.text("name");
  }
}
