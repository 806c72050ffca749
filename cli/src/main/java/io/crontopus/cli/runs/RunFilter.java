package io.crontopus.cli.runs;

import io.crontopus.cli.command.JobName;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs are wanted. */
final class RunFilter {
  private static final List<String> STATUSES =
      List.of("running", "success", "failure", "timeout", "cancelled", "missed");

  @Option(names = "--job", paramLabel = "[NAMESPACE/]JOB", description = "Only runs of this job.")
  private @Nullable String job;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only runs of jobs in this namespace.")
  private @Nullable String namespace;

  @Option(names = "--endpoint", paramLabel = "ID", description = "Only runs on this endpoint.")
  private @Nullable String endpoint;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only runs that are running, success, failure, timeout, cancelled or missed.")
  private @Nullable String status;

  Query asQuery() {
    Optional<JobName> name = job();
    return Query.NONE
        .with("job", name.map(JobName::name).orElse(""))
        .with("namespace", namespace())
        .with("endpoint_id", endpoint == null ? "" : endpoint)
        .with("status", status());
  }

  /** The same choice, made here: a live stream has no parameters for it. */
  boolean accepts(Row run) {
    return matches(job().map(JobName::name).orElse(""), run.text("job_name"))
        && matches(namespace(), run.text("namespace"))
        && matches(endpoint == null ? "" : endpoint, run.text("endpoint_id"))
        && matches(status(), run.text("status"));
  }

  private static boolean matches(String wanted, String actual) {
    return wanted.isEmpty() || wanted.equals(actual);
  }

  private Optional<JobName> job() {
    return Optional.ofNullable(job).map(text -> JobName.parse(text, namespace));
  }

  /** A job without a namespace means that name in any namespace. */
  private String namespace() {
    if (job != null && job.contains("/")) {
      return job().map(JobName::namespace).orElse("");
    }
    return namespace == null ? "" : namespace;
  }

  /**
   * @throws Failure when there is no such status
   */
  private String status() {
    String wanted = status == null ? "" : status.toLowerCase(Locale.ROOT);
    if (!wanted.isEmpty() && !STATUSES.contains(wanted)) {
      throw Failure.usage(
          "'" + status + "' is no status of a run. It is one of: " + String.join(", ", STATUSES));
    }
    return wanted;
  }
}
