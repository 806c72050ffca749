package io.crontopus.cli.tokens;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus enrollment-tokens}. */
@Command(
    name = "enrollment-tokens",
    description = "Enrollment tokens: what a new machine shows once to become an endpoint.",
    subcommands = {
      ListEnrollmentTokens.class,
      CreateEnrollmentToken.class,
      RevokeEnrollmentTokens.class
    },
    footer = {
      "  crontopus enrollment-tokens create web-servers --expires-in 7d --max-uses 20",
      "  crontopus enrollment-tokens list",
      "  crontopus enrollment-tokens revoke TOKEN-ID"
    })
public final class EnrollmentTokensCommand extends Noun {}
