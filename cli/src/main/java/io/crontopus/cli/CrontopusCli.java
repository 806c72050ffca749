package io.crontopus.cli;

import io.crontopus.cli.admin.AdminCommand;
import io.crontopus.cli.audit.AuditCommand;
import io.crontopus.cli.auth.AuthCommand;
import io.crontopus.cli.command.ConnectionOptions;
import io.crontopus.cli.command.FormatOptions;
import io.crontopus.cli.completion.CompletionCommand;
import io.crontopus.cli.endpoints.EndpointsCommand;
import io.crontopus.cli.jobs.JobsCommand;
import io.crontopus.cli.mail.MailCommand;
import io.crontopus.cli.pings.PingKeysCommand;
import io.crontopus.cli.projections.ProjectionsCommand;
import io.crontopus.cli.runs.RunsCommand;
import io.crontopus.cli.sessions.SessionsCommand;
import io.crontopus.cli.shell.Surroundings;
import io.crontopus.cli.tokens.EnrollmentTokensCommand;
import io.crontopus.cli.tokens.TokensCommand;
import io.crontopus.cli.users.UsersCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The crontopus command with every noun of this module. A launcher that has commands of its own
 * adds the nouns to its top command with {@link #addTo}.
 */
@Command(
    name = "crontopus",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Git says what should run, the event log says what did run.",
      "Data goes to standard output, everything else to standard error."
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      AuthCommand.class,
      JobsCommand.class,
      RunsCommand.class,
      EndpointsCommand.class,
      TokensCommand.class,
      EnrollmentTokensCommand.class,
      PingKeysCommand.class,
      UsersCommand.class,
      SessionsCommand.class,
      ProjectionsCommand.class,
      MailCommand.class,
      AuditCommand.class,
      AdminCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crontopus auth login --server http://127.0.0.1:8080 --username alice",
      "  crontopus runs watch",
      "  crontopus jobs validate ."
    })
public final class CrontopusCli {
  private final Surroundings surroundings;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean unusedHelp;

  /** In the surroundings of this process. */
  public CrontopusCli() {
    this(Surroundings.ofThisProcess());
  }

  public CrontopusCli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  public static void main(String[] args) {
    System.exit(new CrontopusCli().createCommandLine().execute(args));
  }

  /** The command, ready to execute. */
  public CommandLine createCommandLine() {
    var command = new CommandLine(this, new InSurroundings(surroundings));
    addSharedOptions(command);
    configure(command);
    return command;
  }

  /** Options that hold for every noun may stand before it, too. */
  private static void addSharedOptions(CommandLine top) {
    top.addMixin("format", new FormatOptions());
    top.addMixin("connection", new ConnectionOptions());
  }

  /** Adds the nouns, and the options that may stand before them, to another top command. */
  public void addTo(CommandLine top) {
    createCommandLine().getSubcommands().forEach(top::addSubcommand);
    addSharedOptions(top);
    configure(top);
  }

  /** Usage errors in one way: what is wrong, what was perhaps meant, where help is; exit code 2. */
  private void configure(CommandLine command) {
    command.setOut(surroundings.data().asPrintWriter());
    command.setErr(surroundings.talk().asPrintWriter());
    command.setParameterExceptionHandler(new UsageErrors(surroundings));
  }
}
