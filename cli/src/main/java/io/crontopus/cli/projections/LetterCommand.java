package io.crontopus.cli.projections;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Parameters;

/** A verb on one dead letter. */
abstract class LetterCommand extends OnlineCommand {

  @Parameters(index = "0", paramLabel = "PROJECTION", description = "The projection's name.")
  private String projection = "";

  @Parameters(index = "1", paramLabel = "LETTER", description = "The letter's id.")
  private String id = "";

  LetterCommand(Surroundings surroundings) {
    super(surroundings);
  }

  final String id() {
    return id;
  }

  final String path() {
    return "/admin/projections/" + Query.segment(projection) + "/dead-letters/" + Query.segment(id);
  }
}
