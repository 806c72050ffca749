package io.crontopus.cli.command;

import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Pages;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Option;

/** How much of a list is shown. */
public final class ListOptions {
  private static final long DEFAULT_LIMIT = 50;

  @Option(
      names = "--limit",
      order = 50,
      paramLabel = "N",
      description = "Show at most N. Default: " + DEFAULT_LIMIT + ".")
  private long limit = DEFAULT_LIMIT;

  @Option(names = "--all", order = 51, description = "Show all there are.")
  private boolean isAll;

  @Option(
      names = {"-q", "--quiet"},
      order = 52,
      description = "Print only ids, one a line.")
  private boolean isQuiet;

  public boolean isQuiet() {
    return isQuiet;
  }

  /** Fetches and shows a list, and says so if there is more of it. */
  public void show(
      Listing listing,
      ApiClient api,
      String path,
      Query query,
      String key,
      FormatOptions format,
      Surroundings surroundings) {
    if (limit < 1) {
      throw Failure.usage("--limit must be at least 1.");
    }
    Pages pages = api.pages(path, query, key, isAll ? Long.MAX_VALUE : limit);
    Printer printer = format.printer(surroundings, isQuiet);
    int count = printer.list(listing, pages);
    if (!isQuiet && count == 0 && format.format() == OutputFormat.TABLE) {
      surroundings.say("No " + listing.plural() + ".");
    }
    if (!isQuiet && pages.hasMore()) {
      surroundings.say(
          "The first " + count + " " + listing.plural() + ". More with --limit N or --all.");
    }
  }
}
