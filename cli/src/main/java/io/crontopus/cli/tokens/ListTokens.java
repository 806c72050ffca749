package io.crontopus.cli.tokens;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus tokens list}. */
@Command(
    name = "list",
    description = "List API tokens; their secrets are never shown again.",
    footer = {"  crontopus tokens list", "  crontopus tokens list -o json"})
public final class ListTokens extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  public ListTokens(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(listing(), api(), "/tokens", Query.NONE, "tokens", format(), surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "tokens",
        token -> token.text("id"),
        Column.of("TOKEN ID", token -> token.text("id")),
        Column.elastic("NAME", token -> token.text("name")),
        Column.status("STATE", token -> TokenState.of(token, surroundings().clock().instant())),
        Column.of("STARTS WITH", token -> token.text("prefix")),
        Column.of("CREATED", token -> relative(token.time("created_at"))),
        Column.of("EXPIRES", token -> relative(token.time("expires_at"))),
        Column.of("LAST USED", token -> relative(token.time("last_used_at"))),
        Column.elastic("SCOPES", token -> token.joined("scopes")));
  }
}
