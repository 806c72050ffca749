package io.crontopus.command.run;

import io.crontopus.command.ping.PingKey;
import io.crontopus.command.ping.PingKeyStore;
import io.crontopus.command.run.intake.Reply;
import io.crontopus.command.run.intake.RunCommand;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.CheckInStatus;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.TraceFilter;
import io.crontopus.web.limit.BadCredentials;
import io.crontopus.web.limit.Limit;
import io.crontopus.web.usage.UsageCounters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Takes check-ins of those who can do no more than fetch a page: the key of the job is in the
 * address, and what happened behind it. Answered after it is durable. No filter knows the key, so
 * what filters do for other credentials is done here.
 */
@RestController
class PingController {

  private static final String OK = "OK\n";
  private static final Pattern EXIT_CODE = Pattern.compile("[0-9]{1,3}");
  private static final Pattern RUN =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final PingKeyStore keys;
  private final RunIntake intake;
  private final CheckInReader reader;
  private final Limit limit;
  private final BadCredentials bad;
  private final SuspendedTenants suspended;
  private final UsageCounters usage;
  private final BlockingWork blocking;
  private final Clock clock;

  PingController(
      PingKeyStore keys,
      RunIntake intake,
      CheckInReader reader,
      Limit limit,
      BadCredentials bad,
      SuspendedTenants suspended,
      UsageCounters usage,
      BlockingWork blocking,
      Clock clock) {
    this.keys = keys;
    this.intake = intake;
    this.reader = reader;
    this.limit = limit;
    this.bad = bad;
    this.suspended = suspended;
    this.usage = usage;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** The job succeeded. */
  @RequestMapping(
      path = "/ping/{key}",
      method = {RequestMethod.GET, RequestMethod.POST, RequestMethod.HEAD})
  Mono<ResponseEntity<String>> ping(
      @PathVariable String key,
      @RequestParam(required = false) @Nullable String rid,
      @RequestBody(required = false) byte @Nullable [] output,
      ServerWebExchange exchange) {
    return take(key, new Said(CheckInStatus.SUCCESS, null, rid, text(output)), exchange);
  }

  /** The job began ({@code start}), failed ({@code fail}) or ended with this exit code. */
  @RequestMapping(
      path = "/ping/{key}/{what}",
      method = {RequestMethod.GET, RequestMethod.POST, RequestMethod.HEAD})
  Mono<ResponseEntity<String>> ping(
      @PathVariable String key,
      @PathVariable String what,
      @RequestParam(required = false) @Nullable String rid,
      @RequestBody(required = false) byte @Nullable [] output,
      ServerWebExchange exchange) {
    return take(key, said(what, rid, text(output)), exchange);
  }

  /** What an address says. */
  private record Said(
      CheckInStatus status,
      @Nullable Integer exitCode,
      @Nullable String run,
      @Nullable String output) {}

  private static Said said(String what, @Nullable String run, @Nullable String output) {
    return switch (what) {
      case "start" -> new Said(CheckInStatus.RUNNING, null, run, output);
      case "fail" -> new Said(CheckInStatus.FAILURE, null, run, output);
      default -> {
        int code = EXIT_CODE.matcher(what).matches() ? Integer.parseInt(what) : -1;
        if (code < 0 || code > 255) {
          throw Problem.notFound("signal: start, fail, or an exit code from 0 to 255");
        }
        yield new Said(CheckInStatus.ofExitCode(code), code, run, output);
      }
    };
  }

  private static @Nullable String text(byte @Nullable [] output) {
    return output == null || output.length == 0 ? null : new String(output, StandardCharsets.UTF_8);
  }

  private Mono<ResponseEntity<String>> take(String secret, Said said, ServerWebExchange exchange) {
    @Nullable Problem refusal = bad.refusal(exchange);
    if (refusal != null) {
      throw refusal;
    }
    if (said.run() != null && !RUN.matcher(said.run()).matches()) {
      throw Problem.invalid("rid", "must be a UUID");
    }
    return blocking
        .call(() -> keys.use(secret, clock.instant()))
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                bad.count(exchange);
                return Mono.error(Problem.notFound("key"));
              }
              return take(found.get(), said, exchange);
            });
  }

  private Mono<ResponseEntity<String>> take(PingKey key, Said said, ServerWebExchange exchange) {
    if (suspended.contains(key.tenantId())) {
      return Mono.error(Problem.suspended());
    }
    Limit.Left left = limit.takeAndTell(key.id());
    if (!left.taken()) {
      return Mono.error(
          Problem.tooMany(
              "too many pings with this key",
              Math.max(1, Duration.ofNanos(left.waitNanos()).toSeconds() + 1)));
    }
    usage.apiCall(key.tenantId());
    ReportCheckIn checkIn =
        reader.ping(
            key.tenantId(),
            key.namespace(),
            key.jobName(),
            said.status(),
            said.exitCode(),
            said.run(),
            said.output());
    Origin origin =
        new Origin(key.tenantId(), "ping-key:" + key.id(), TraceFilter.traceId(exchange));
    return Mono.<CheckInAccepted>create(
            sink ->
                intake.take(
                    List.of(
                        new RunCommand.CheckIn(
                            checkIn,
                            origin,
                            new CountedReply(reply(sink), key.tenantId(), usage)))))
        .map(_ -> ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(OK));
  }

  private static Reply reply(MonoSink<CheckInAccepted> sink) {
    return new Reply() {
      @Override
      public void accepted(CheckInAccepted answer) {
        sink.success(answer);
      }

      @Override
      public void failed(RuntimeException reason) {
        sink.error(Rejections.problem(reason));
      }
    };
  }
}
