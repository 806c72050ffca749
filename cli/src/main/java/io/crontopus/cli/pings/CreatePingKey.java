package io.crontopus.cli.pings;

import io.crontopus.cli.command.JobName;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code crontopus ping-keys create}. */
@Command(
    name = "create",
    description = {
      "Create a key with which a job reports that it succeeded, by fetching an address.",
      "The address is printed once, alone on standard output: whoever has it can report for the job."
    },
    footer = {
      "  crontopus ping-keys create backup > backup.url",
      "  crontopus ping-keys create reports/nightly"
    })
public final class CreatePingKey extends OnlineCommand {
  @Parameters(paramLabel = "JOB", description = "NAME or NAMESPACE/NAME.")
  private String job = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The job's namespace. Default: default.")
  private @Nullable String namespace;

  public CreatePingKey(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    JobName name = JobName.parse(job, namespace);
    JsonNode created =
        api()
            .post(
                "/ping-keys",
                Json.object().put("namespace", name.namespace()).put("job_name", name.name()));
    Row key = new Row(created);
    printer().one(created, () -> printer().out().line(SafeText.line(key.text("url"))));
    if (printer().format() == OutputFormat.TABLE) {
      surroundings().say(SafeText.line("Created ping key " + key.text("id") + " of " + name + "."));
      surroundings().say("Keep the address now: it is not shown again.");
    }
    return ExitCode.OK;
  }
}
