package io.crontopus.cli.tokens;

import io.crontopus.cli.command.SpanConverter;
import io.crontopus.cli.shell.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** How long a new token, or an invitation, is good for. */
public final class Lifetime {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description =
          "How long it is good for, in whole days: 30d, 2w. Default: what the platform sets.")
  private @Nullable Duration lifetime;

  /** Adds it to the request, if it was given. */
  public void addTo(ObjectNode request) {
    if (lifetime == null) {
      return;
    }
    if (lifetime.isZero() || lifetime.toSeconds() % A_DAY.toSeconds() != 0) {
      throw Failure.usage("--expires-in must be whole days, at least one: 1d, 30d, 2w.");
    }
    request.put("expires_in_days", lifetime.toDays());
  }
}
