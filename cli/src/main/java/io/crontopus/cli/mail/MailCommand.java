package io.crontopus.cli.mail;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus mail}. */
@Command(
    name = "mail",
    description = {
      "The platform's e-mail.",
      "For those who run the platform: needs an operator's token (the file operator-token in the platform's data folder)."
    },
    subcommands = {TestMail.class},
    footer = {
      "  crontopus mail test ops@example.org --token-file /var/lib/crontopus/operator-token"
    })
public final class MailCommand extends Noun {}
