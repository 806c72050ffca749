package io.crontopus.cli.users;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus users}. */
@Command(
    name = "users",
    description = "The users of the tenant: people, and services that have API tokens only.",
    subcommands = {
      ListUsers.class,
      InviteUser.class,
      AddService.class,
      SetRole.class,
      RemoveUsers.class,
      ForgetPerson.class
    },
    footer = {
      "  crontopus users list",
      "  crontopus users invite bob@example.org --role operator > invitation",
      "  crontopus users set-role USER-ID viewer",
      "  crontopus users remove USER-ID",
      "  crontopus users forget former.colleague@example.org"
    })
public final class UsersCommand extends Noun {}
