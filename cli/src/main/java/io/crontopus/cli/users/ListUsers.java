package io.crontopus.cli.users;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus users list}. */
@Command(
    name = "list",
    description = "List the users of the tenant, or the invitations to it.",
    footer = {"  crontopus users list", "  crontopus users list --invitations"})
public final class ListUsers extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  @Option(
      names = "--invitations",
      description = "List invitations instead; their tokens are never shown again.")
  private boolean isOfInvitations;

  public ListUsers(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Listing listing = isOfInvitations ? invitations() : users();
    String key = listing.plural();
    list.show(listing, api(), "/" + key, Query.NONE, key, format(), surroundings());
    return ExitCode.OK;
  }

  private Listing users() {
    return new Listing(
        "users",
        user -> user.text("id"),
        Column.of("USER ID", user -> user.text("id")),
        Column.elastic("NAME", user -> user.text("username")),
        Column.of("KIND", user -> user.text("kind")),
        Column.of("ROLE", user -> user.text("role")),
        Column.elastic("E-MAIL", user -> user.text("email")),
        Column.of("SINCE", user -> relative(user.time("created_at"))));
  }

  private Listing invitations() {
    return new Listing(
        "invitations",
        invitation -> invitation.text("id"),
        Column.of("INVITATION ID", invitation -> invitation.text("id")),
        Column.elastic("E-MAIL", invitation -> invitation.text("email")),
        Column.of("ROLE", invitation -> invitation.text("role")),
        Column.status(
            "STATE",
            invitation -> InvitationState.of(invitation, surroundings().clock().instant())),
        Column.of("STARTS WITH", invitation -> invitation.text("prefix")),
        Column.of("CREATED", invitation -> relative(invitation.time("created_at"))),
        Column.of("EXPIRES", invitation -> relative(invitation.time("expires_at"))));
  }
}
