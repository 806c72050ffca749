package io.crontopus.cli.command;

import io.crontopus.cli.http.Query;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which moment is asked about. */
public final class PastOptions {
  private @Nullable String settled;

  @Option(
      names = "--as-of",
      order = 49,
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Show it as it was then: 2h (ago), 2026-01-31 or 2026-01-31T14:00:00Z.")
  private @Nullable Moment asOf;

  /** Adds the moment to a question; the same one for the whole command. */
  public Query in(Query query, Surroundings surroundings) {
    return query.with("as_of", moment(surroundings));
  }

  /** The moment; empty for now. */
  public String moment(Surroundings surroundings) {
    if (settled == null) {
      settled = asOf == null ? "" : asOf.at(surroundings.clock()).toString();
    }
    return settled;
  }
}
