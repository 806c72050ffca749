package io.crontopus.command.run;

import com.github.f4b6a3.uuid.alt.GUID;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.JobRef;
import io.crontopus.run.RunId;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.web.Callers;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.StoredText;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a check-in's fields and makes a command of them. */
final class CheckInReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
  private static final Pattern ENDPOINT = Pattern.compile("[0-9a-fA-F-]{36}");
  private static final int MAX_EXIT_CODE = 255;
  private static final int MAX_MESSAGE = 2_000;
  private static final double LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();
  private static final String DEFAULT_NAMESPACE = "default";

  private final Clock clock;

  CheckInReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * The command.
   *
   * @throws io.crontopus.web.Problem 400 with everything that is wrong
   */
  ReportCheckIn read(CheckInRequest request, Caller caller) {
    RequestCheck check = new RequestCheck();
    @Nullable String endpointId = endpoint(check, request, caller);
    if (caller.kind() != Caller.Kind.ENDPOINT) {
      Callers.require(caller, Scope.WRITE_RUNS);
    }
    JobRef job =
        new JobRef(
            name(
                check,
                "/namespace",
                Objects.requireNonNullElse(request.namespace(), DEFAULT_NAMESPACE)),
            name(check, "/job_name", request.jobName()));
    CheckInStatus status = status(check, request);
    optional(
        check,
        "/run_id",
        request.runId(),
        RunId::isValid,
        "letters, digits, '.', '_' and '-', at most 64");
    optional(
        check,
        "/commit",
        request.commit(),
        text -> COMMIT.matcher(text).matches(),
        "a commit's hash");
    check.time("/started_at", request.startedAt());
    check.time("/finished_at", request.finishedAt());
    Duration duration = duration(check, request.duration());
    check.done();
    Output output = Output.of(request.output());
    boolean agent = caller.kind() == Caller.Kind.ENDPOINT;
    return new ReportCheckIn(
        caller.tenantId(),
        request.runId(),
        newRunId(),
        job,
        endpointId,
        status,
        request.exitCode(),
        request.startedAt(),
        request.finishedAt(),
        duration,
        output.text(),
        output.truncated() || Boolean.TRUE.equals(request.outputTruncated()),
        message(request.errorMessage()),
        request.commit(),
        agent ? "agent" : "api",
        clock.instant());
  }

  /** Made on the event loop: the library's other ways to make one wait for a lock. */
  private static String newRunId() {
    return GUID.v7().toString();
  }

  /** The command of what was said with a job's key. */
  ReportCheckIn ping(
      String tenantId,
      String namespace,
      String jobName,
      CheckInStatus status,
      @Nullable Integer exitCode,
      @Nullable String runId,
      @Nullable String text) {
    Output output = Output.of(text);
    return new ReportCheckIn(
        tenantId,
        runId,
        newRunId(),
        new JobRef(namespace, jobName),
        null,
        status,
        exitCode,
        null,
        null,
        null,
        output.text(),
        output.truncated(),
        null,
        null,
        "ping",
        clock.instant());
  }

  private static @Nullable String endpoint(
      RequestCheck check, CheckInRequest request, Caller caller) {
    @Nullable String named = request.endpointId();
    optional(
        check, "/endpoint_id", named, text -> ENDPOINT.matcher(text).matches(), "an endpoint's id");
    if (caller.kind() == Caller.Kind.ENDPOINT) {
      check.that(
          named == null || named.equals(caller.subject()),
          "/endpoint_id",
          "an endpoint can report for itself only");
      return caller.subject();
    }
    return named;
  }

  private static String name(RequestCheck check, String pointer, @Nullable String value) {
    if (value == null) {
      check.error(pointer, "is required");
      return "";
    }
    check.that(
        NAME.matcher(value).matches(),
        pointer,
        "must be lower-case letters, digits and inner '-', at most 63 characters");
    return value;
  }

  private static CheckInStatus status(RequestCheck check, CheckInRequest request) {
    Integer exitCode = request.exitCode();
    check.that(
        exitCode == null || (exitCode >= 0 && exitCode <= MAX_EXIT_CODE),
        "/exit_code",
        "must be between 0 and 255");
    if (request.status() == null) {
      check.that(exitCode != null, "/status", "is required when there is no exit_code");
      return exitCode == null ? CheckInStatus.LOG : CheckInStatus.ofExitCode(exitCode);
    }
    return CheckInStatus.named(request.status())
        .orElseGet(
            () -> {
              check.error("/status", "must be one of " + statusNames());
              return CheckInStatus.LOG;
            });
  }

  private static String statusNames() {
    return Arrays.stream(CheckInStatus.values())
        .map(CheckInStatus::wireName)
        .collect(Collectors.joining(", "));
  }

  private static void optional(
      RequestCheck check,
      String pointer,
      @Nullable String value,
      Predicate<String> valid,
      String expected) {
    check.that(value == null || valid.test(value), pointer, "must be " + expected);
  }

  private static @Nullable Duration duration(RequestCheck check, @Nullable Double seconds) {
    if (seconds == null) {
      return null;
    }
    boolean valid = seconds >= 0 && seconds <= LONGEST_SECONDS;
    check.that(valid, "/duration", "must be seconds, from 0 to ten years");
    return valid ? Duration.ofMillis(Math.round(seconds * 1000)) : null;
  }

  private static @Nullable String message(@Nullable String text) {
    return text == null ? null : StoredText.readable(text, MAX_MESSAGE);
  }
}
