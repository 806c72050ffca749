package io.crontopus.cli.endpoints;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.PastOptions;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus endpoints list}. */
@Command(
    name = "list",
    description = "List endpoints.",
    footer = {
      "  crontopus endpoints list",
      "  crontopus endpoints list --status silent --platform linux",
      "  crontopus endpoints list --status offline --as-of 2h",
      "  crontopus endpoints list -q --status offline --all"
    })
public final class ListEndpoints extends OnlineCommand {
  private static final int SHORT_COMMIT = 8;

  @Mixin private final ListOptions list = new ListOptions();
  @Mixin private final PastOptions past = new PastOptions();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only endpoints that are new, online, silent, offline or revoked.")
  private @Nullable String status;

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      description = "Only endpoints on linux, macos or windows.")
  private @Nullable String platform;

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "Only endpoints that contain this.")
  private @Nullable String search;

  public ListEndpoints(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Query query =
        Query.NONE
            .with("status", status == null ? "" : status)
            .with("platform", platform == null ? "" : platform)
            .with("q", search == null ? "" : search);
    Query then = past.in(query, surroundings());
    list.show(listing(), api(), "/endpoints", then, "endpoints", format(), surroundings());
    return ExitCode.OK;
  }

  private Listing listing() {
    return new Listing(
        "endpoints",
        endpoint -> endpoint.text("endpoint_id"),
        Column.of("ENDPOINT", endpoint -> endpoint.text("endpoint_id")),
        Column.elastic("NAME", endpoint -> endpoint.firstText("name", "hostname")),
        Column.status("STATUS", endpoint -> endpoint.text("status")),
        Column.of("LAST SEEN", endpoint -> relative(endpoint.time("last_seen_at"))),
        Column.of("PLATFORM", endpoint -> endpoint.text("platform")),
        Column.of("SCHEDULER", EndpointFields::scheduler),
        Column.of("COMMIT", endpoint -> shortened(endpoint.text("applied_commit"))),
        Column.of("VERSION", endpoint -> endpoint.text("version")));
  }

  private static String shortened(String commit) {
    return commit.length() > SHORT_COMMIT ? commit.substring(0, SHORT_COMMIT) : commit;
  }
}
