package io.crontopus.cli.sessions;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus sessions list}. */
@Command(
    name = "list",
    description = "List your sessions, the one used last first.",
    footer = {"  crontopus sessions list", "  crontopus sessions list -o json"})
public final class ListSessions extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  public ListSessions(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(listing(), api(), "/auth/sessions", Query.NONE, "sessions", format(), surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "sessions",
        session -> session.text("id"),
        Column.of("SESSION ID", session -> session.text("id")),
        Column.of("THIS", session -> session.flag("current") ? "yes" : ""),
        Column.of("LAST USED", session -> relative(session.time("last_used_at"))),
        Column.of("SINCE", session -> relative(session.time("created_at"))),
        Column.of("ENDS", session -> relative(session.time("expires_at"))),
        Column.of("ADDRESS", session -> session.text("address")),
        Column.elastic("CLIENT", session -> session.text("user_agent")));
  }
}
