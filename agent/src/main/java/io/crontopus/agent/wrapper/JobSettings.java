package io.crontopus.agent.wrapper;

import static io.crontopus.agent.wrapper.ShellQuote.quote;

import io.crontopus.manifest.EnvValue;
import io.crontopus.manifest.IoClass;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.JobSpec;
import io.crontopus.manifest.Resources;
import io.crontopus.manifest.RetryPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How one job runs, as assignments and functions for the wrapper. */
final class JobSettings {

  private final HostTools tools;
  private final boolean mailOutput;
  private final List<String> redact;
  private final JsonMapper json = JsonMapper.builder().build();

  JobSettings(HostTools tools, boolean mailOutput, List<String> redact) {
    this.tools = tools;
    this.mailOutput = mailOutput;
    this.redact = List.copyOf(redact);
  }

  /**
   * The settings file.
   *
   * @param stdin the file that the job reads, or an empty text for what the scheduler gives it
   */
  String render(JobManifest job, String id, String stdin) {
    JobSpec spec = job.spec();
    return """
        # %s, from %s. Written by the agent; changes here are lost.
        ctp_json=%s
        ctp_paused=%s
        ctp_report=%s
        ctp_timeout=%d
        ctp_pauses=%s
        ctp_overlap=%s
        ctp_mail=%s
        ctp_stdin=%s
        ctp_prepare() {
        %s  return 0
        }
        ctp_exec() {
          exec %s
        }
        """
        .formatted(
            job.qualifiedName(),
            job.path().replaceAll("\\p{Cntrl}", "?"),
            quote(record(job, id)),
            spec.paused() ? "1" : "",
            spec.checkin().enabled() ? "1" : "",
            spec.checkin().timeout().toSeconds(),
            quote(pauses(spec.retry())),
            spec.concurrency().name().toLowerCase(Locale.ROOT),
            mailOutput ? "1" : "",
            quote(stdin),
            preparation(spec),
            command(spec));
  }

  /** The part of a run's records that is always the same: an object without its last brace. */
  private String record(JobManifest job, String id) {
    ObjectNode node = json.createObjectNode();
    node.put("job_id", id);
    node.put("namespace", job.namespace());
    node.put("name", job.name());
    node.put("max_bytes", job.spec().checkin().output().maxBytes());
    node.put("min_runtime_ms", job.spec().checkin().minRuntime().toMillis());
    var patterns = node.putArray("redact");
    redact.forEach(patterns::add);
    job.spec().checkin().output().redact().forEach(patterns::add);
    String text = node.toString();
    return text.substring(0, text.length() - 1);
  }

  private static String pauses(RetryPolicy retry) {
    if (!retry.enabled()) {
      return "";
    }
    return IntStream.rangeClosed(2, retry.attempts())
        .mapToObj(attempt -> Long.toString(retry.delayBefore(attempt).toSeconds()))
        .collect(Collectors.joining(" "));
  }

  private static String preparation(JobSpec spec) {
    StringBuilder shell = new StringBuilder();
    spec.workingDir()
        .ifPresent(folder -> shell.append("  cd ").append(quote(folder)).append(" || return 1\n"));
    for (Map.Entry<String, EnvValue> variable : spec.env().entrySet()) {
      String name = variable.getKey();
      switch (variable.getValue()) {
        case EnvValue.Literal literal ->
            shell
                .append("  export ")
                .append(name)
                .append('=')
                .append(quote(literal.value()))
                .append('\n');
        case EnvValue.FromFile file ->
            shell.append(
                "  ctp_value=$(/bin/cat %1$s) || return 1\n  export %2$s=\"$ctp_value\"\n  unset ctp_value\n"
                    .formatted(quote(file.path()), name));
      }
    }
    spec.resources()
        .memory()
        .ifPresent(
            bytes ->
                shell.append("  ulimit -v %d || return 1\n".formatted(Math.max(1, bytes / 1024))));
    return shell.toString();
  }

  private String command(JobSpec spec) {
    List<String> words = new ArrayList<>();
    tools.setsid().ifPresent(words::add);
    words.addAll(tools.resetSignals());
    words.addAll(priorities(spec.resources()));
    if (spec.args().isEmpty()) {
      words.addAll(List.of("/bin/sh", "-c", spec.command()));
    } else {
      words.add(spec.command());
      words.addAll(spec.args());
    }
    return words.stream().map(ShellQuote::quote).collect(Collectors.joining(" "));
  }

  private List<String> priorities(Resources resources) {
    List<String> words = new ArrayList<>();
    if (resources.nice().isPresent() && tools.nice().isPresent()) {
      words.addAll(
          List.of(tools.nice().get(), "-n", Integer.toString(resources.nice().getAsInt())));
    }
    if (resources.ioClass().isPresent() && tools.ionice().isPresent()) {
      words.addAll(List.of(tools.ionice().get(), "-t", "-c", ioClass(resources.ioClass().get())));
    }
    return words;
  }

  private static String ioClass(IoClass ioClass) {
    return switch (ioClass) {
      case REALTIME -> "1";
      case BEST_EFFORT -> "2";
      case IDLE -> "3";
    };
  }

  /** Where a job's standard input is kept. */
  static Path stdin(Path folder, String content) {
    return folder.resolve("stdin-" + Integer.toHexString(content.hashCode()));
  }
}
