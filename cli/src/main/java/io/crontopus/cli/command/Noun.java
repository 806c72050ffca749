package io.crontopus.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A kind of thing; its verbs are its sub-commands. Without a verb it is wrong usage. */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n")
public abstract class Noun {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean unusedHelp;
}
