package io.crontopus.cli.audit;

import io.crontopus.cli.command.ListOptions;
import io.crontopus.cli.command.Moment;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Column;
import io.crontopus.cli.output.Listing;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crontopus audit list}. */
@Command(
    name = "list",
    description = "List events, the newest first.",
    footer = {
      "  crontopus audit list --actor user:0198c0de-7a1e-7000-8000-5f2d8c3b1a90 --since 24h",
      "  crontopus audit list --type tenant.api-token-issued --all"
    })
public final class ListEvents extends OnlineCommand {
  @Mixin private final ListOptions list = new ListOptions();

  @Option(names = "--actor", paramLabel = "ACTOR", description = "Only what this actor caused.")
  private String actor = "";

  @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type.")
  private String type = "";

  @Option(
      names = "--subject",
      paramLabel = "SUBJECT",
      description = "Only what happened to this: run:ID, job:ID, endpoint:ID, token:ID.")
  private String subject = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only events since then: 2h (ago), 2026-01-31 or 2026-01-31T14:00:00Z.")
  private @Nullable Moment since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only events before then.")
  private @Nullable Moment until;

  public ListEvents(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Query query =
        Query.NONE
            .with("actor", actor)
            .with("type", type)
            .with("subject", subject)
            .with("from", at(since))
            .with("to", at(until));
    list.show(listing(), api(), "/audit", query, "events", format(), surroundings());
    return ExitCode.OK;
  }

  private String at(@Nullable Moment moment) {
    return moment == null ? "" : moment.at(surroundings().clock()).toString();
  }

  private Listing listing() {
    return new Listing(
        "events",
        event -> event.text("seq"),
        Column.of("SEQ", event -> event.text("seq")),
        Column.of("TIME", event -> event.text("time")),
        Column.of("TYPE", event -> event.text("type")),
        Column.elastic("SUBJECT", event -> event.text("subject")),
        Column.of("ACTOR", event -> event.text("actor")),
        Column.status("INTACT", event -> event.isFalse("intact") ? "ALTERED" : "yes"));
  }
}
