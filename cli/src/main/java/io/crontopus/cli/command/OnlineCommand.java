package io.crontopus.cli.command;

import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.output.Times;
import io.crontopus.cli.shell.Surroundings;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A verb that talks to the platform and shows data. */
public abstract class OnlineCommand extends CliCommand {
  @Mixin private final FormatOptions format = new FormatOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  private @Nullable ApiClient api;

  protected OnlineCommand(Surroundings surroundings) {
    super(surroundings);
  }

  protected final FormatOptions format() {
    return format;
  }

  protected final Session session() {
    return connection.session(surroundings());
  }

  /** The platform, as whoever is logged in; the same for the whole command. */
  protected final ApiClient api() {
    if (api == null) {
      api = session().api();
    }
    return api;
  }

  @Override
  protected final void end() {
    if (api != null) {
      api.close();
    }
  }

  protected final Printer printer() {
    return format.printer(surroundings());
  }

  /** "3 min ago"; empty for no time. */
  protected final String relative(Optional<Instant> time) {
    Instant now = surroundings().clock().instant();
    return time.map(instant -> Times.relative(instant, now)).orElse("");
  }

  /** The exact time and how long ago that is; empty for no time. */
  protected final String exact(Optional<Instant> time) {
    return time.map(instant -> instant + " (" + relative(time) + ")").orElse("");
  }
}
