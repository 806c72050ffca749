package io.crontopus.cli.admin;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus admin usage}. */
@Command(
    name = "usage",
    description = "Show what tenants have used, by the day (UTC), the newest first.",
    footer = {
      "  crontopus admin usage",
      "  crontopus admin usage --tenant acme --from 2026-01-01 --to 2026-01-31 --all -o json"
    })
public final class ShowUsage extends OnlineCommand {
  private static final double KILO = 1024;
  private static final String UNITS = "KMGTPE";

  @Mixin private final ListOptions list = new ListOptions();

  @Option(names = "--tenant", paramLabel = "TENANT", description = "Only of this tenant.")
  private String tenant = "";

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "From this day on, as 2026-01-31. Default: 30 days before the last.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "Up to this day, which is included. Default: today.")
  private String to = "";

  public ShowUsage(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(
        listing(),
        api(),
        "/admin/usage",
        Query.NONE.with("tenant", tenant).with("from", from).with("to", to),
        "usage",
        format(),
        surroundings());
    return ExitCode.OK;
  }

  private static Listing listing() {
    return new Listing(
        "days",
        day -> day.text("tenant_id"),
        Column.of("DAY", day -> day.text("day")),
        Column.elastic("TENANT", day -> day.text("tenant_id")),
        Column.of("API CALLS", day -> day.text("api_calls")),
        Column.of("CHECK-INS", day -> day.text("check_ins")),
        Column.of("RUNS", day -> day.text("runs")),
        Column.of("HEARTBEATS", day -> day.text("heartbeats")),
        Column.of("STORAGE", day -> size(day, "storage_bytes")),
        Column.of("ENDPOINTS", day -> day.text("endpoints")),
        Column.of("USERS", day -> day.text("users")));
  }

  /** "1.4 MB", in steps of 1024. */
  static String size(Row row, String field) {
    double left = row.number(field).map(Number::doubleValue).orElse(0.0);
    if (left < KILO) {
      return Math.round(left) + " B";
    }
    int unit = -1;
    while (left >= KILO && unit < UNITS.length() - 1) {
      left /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", left, UNITS.charAt(unit));
  }
}
