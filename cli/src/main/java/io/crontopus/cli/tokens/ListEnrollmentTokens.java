package io.crontopus.cli.tokens;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crontopus enrollment-tokens list}. */
@Command(
    name = "list",
    description = "List enrollment tokens; their secrets are never shown again.",
    footer = {"  crontopus enrollment-tokens list", "  crontopus enrollment-tokens list -o json"})
public final class ListEnrollmentTokens extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  public ListEnrollmentTokens(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    list.show(
        listing(),
        api(),
        "/enrollment-tokens",
        Query.NONE,
        "enrollment_tokens",
        format(),
        surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "enrollment tokens",
        token -> token.text("id"),
        Column.of("TOKEN ID", token -> token.text("id")),
        Column.elastic("NAME", token -> token.text("name")),
        Column.status("STATE", token -> TokenState.of(token, surroundings().clock().instant())),
        Column.of("STARTS WITH", token -> token.text("prefix")),
        Column.of("USED", ListEnrollmentTokens::uses),
        Column.of("CREATED", token -> relative(token.time("created_at"))),
        Column.of("EXPIRES", token -> relative(token.time("expires_at"))));
  }

  private static String uses(Row token) {
    return token.has("max_uses")
        ? token.text("used_count") + " of " + token.text("max_uses")
        : token.text("used_count");
  }
}
