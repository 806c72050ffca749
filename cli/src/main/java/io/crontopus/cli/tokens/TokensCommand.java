package io.crontopus.cli.tokens;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus tokens}. */
@Command(
    name = "tokens",
    description = "API tokens: credentials for programs.",
    subcommands = {ListTokens.class, CreateToken.class, RevokeTokens.class},
    footer = {
      "  crontopus tokens create ci --scopes read:jobs,write:jobs --expires-in 30d",
      "  crontopus tokens list",
      "  crontopus tokens revoke TOKEN-ID"
    })
public final class TokensCommand extends Noun {}
