package io.crontopus.cli.endpoints;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus endpoints}. */
@Command(
    name = "endpoints",
    description = "The machines that run jobs.",
    subcommands = {
      ListEndpoints.class,
      ShowEndpoint.class,
      RevokeEndpoints.class,
      RotateEndpointTokens.class
    },
    footer = {
      "  crontopus endpoints list --status offline",
      "  crontopus endpoints list --as-of 2026-01-31T03:00",
      "  crontopus endpoints show ENDPOINT",
      "  crontopus endpoints rotate ENDPOINT",
      "  crontopus endpoints revoke ENDPOINT"
    })
public final class EndpointsCommand extends Noun {}
