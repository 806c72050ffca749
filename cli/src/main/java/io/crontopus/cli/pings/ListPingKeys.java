package io.crontopus.cli.pings;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus ping-keys list}. */
@Command(
    name = "list",
    description = "List the keys of jobs; the keys themselves are never shown again.",
    footer = {"  crontopus ping-keys list", "  crontopus ping-keys list -o json"})
public final class ListPingKeys extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  public ListPingKeys(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(listing(), api(), "/ping-keys", Query.NONE, "ping_keys", format(), surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "ping keys",
        key -> key.text("id"),
        Column.of("KEY ID", key -> key.text("id")),
        Column.elastic("JOB", key -> key.text("namespace") + "/" + key.text("job_name")),
        Column.status("STATE", key -> key.has("revoked_at") ? "revoked" : "active"),
        Column.of("STARTS WITH", key -> key.text("prefix")),
        Column.of("CREATED", key -> relative(key.time("created_at"))),
        Column.of("LAST USED", key -> relative(key.time("last_used_at"))));
  }
}
