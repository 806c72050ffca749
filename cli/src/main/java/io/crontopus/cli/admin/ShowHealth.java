package io.crontopus.cli.admin;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code crontopus admin health}. */
@Command(
    name = "health",
    description = {
      "Show how the platform is: database, projections, audit log, disk, nodes.",
      "Ends with 1 when something is wrong, and says what."
    },
    footer = {"  crontopus admin health", "  crontopus admin health -o json | jq .projections"})
public final class ShowHealth extends OnlineCommand {

  public ShowHealth(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JsonNode health = api().get("/admin/health");
    Printer printer = printer();
    printer.one(health, () -> draw(new Row(health), printer));
    return new Row(health).text("status").equals("ok") ? ExitCode.OK : ExitCode.FAILED;
  }

  private void draw(Row health, Printer printer) {
    Row database = health.child("database");
    Row audit = health.child("audit");
    printer
        .details()
        .addStatus("Status", health.text("status"))
        .add("Problems", health.joined("problems"))
        .add("Version", health.text("version"))
        .add("Up for", span(health, "uptime_seconds"))
        .add("Tenants", health.pairs("tenants"))
        .add(
            "Database",
            "%s ms, %s, %s of %s connections"
                .formatted(
                    database.text("latency_millis"),
                    ShowUsage.size(database, "size_bytes"),
                    database.text("connections"),
                    database.text("max_connections")))
        .add("Disk", disk(health))
        .add("Repositories", ShowUsage.size(health.child("storage"), "git_bytes"))
        .add("Dead letters", health.text("dead_letters"))
        .add(
            "Audit log",
            audit.text("findings")
                + " findings, "
                + (audit.has("checked_seconds_ago")
                    ? "checked " + span(audit, "checked_seconds_ago") + " ago"
                    : "not checked yet"))
        .write();
    printer.table("Projections", projections(), health.rows("projections"));
    printer.table("Nodes", nodes(), health.rows("nodes"));
  }

  private static List<Column> projections() {
    return List.of(
        Column.of("PROJECTION", projection -> projection.text("name")),
        Column.status("STATE", projection -> projection.text("state")),
        Column.of("LAG", projection -> projection.text("lag")),
        Column.of("PARKED", projection -> projection.text("parked")));
  }

  private List<Column> nodes() {
    return List.of(
        Column.elastic("HOST", node -> node.text("host")),
        Column.of("VERSION", node -> node.text("version")),
        Column.of("STARTED", node -> relative(node.time("started_at"))),
        Column.of("SEEN", node -> relative(node.time("seen_at"))));
  }

  private static String disk(Row health) {
    if (!health.has("disk")) {
      return "";
    }
    Row disk = health.child("disk");
    return ShowUsage.size(disk, "free_bytes") + " free of " + ShowUsage.size(disk, "total_bytes");
  }

  /** "3 d 4 h", "5 min 20 s". */
  private static String span(Row row, String field) {
    Duration span = Duration.ofSeconds(row.number(field).orElse(BigDecimal.ZERO).longValue());
    return span.toDays() > 0
        ? span.toDays() + " d " + span.toHoursPart() + " h"
        : span.toHours() > 0
            ? span.toHours() + " h " + span.toMinutesPart() + " min"
            : span.toMinutes() + " min " + span.toSecondsPart() + " s";
  }
}
