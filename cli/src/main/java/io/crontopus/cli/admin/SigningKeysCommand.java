package io.crontopus.cli.admin;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus admin signing-keys}. */
@Command(
    name = "signing-keys",
    description =
        "The keys that sign access tokens. The platform makes a new one every 90 days by itself.",
    subcommands = {RotateSigningKey.class},
    footer = {
      "  crontopus admin signing-keys rotate --reason 'a colleague has left'",
      "  crontopus admin signing-keys rotate --reason 'laptop stolen' --at-once"
    })
public final class SigningKeysCommand extends Noun {}
