package io.crontopus.command.endpoint;

import io.crontopus.command.bus.Commands;
import io.crontopus.command.endpoint.heartbeat.HeartbeatStreams;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.EndpointRejected;
import io.crontopus.endpoint.JobInstance;
import io.crontopus.endpoint.commands.ReportJobInstances;
import io.crontopus.endpoint.commands.RevokeEndpoint;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.StoredText;
import io.crontopus.web.TraceFilter;
import io.crontopus.web.stream.OpenStreams;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What endpoints tell and are told. */
@RestController
@RequestMapping("/api/endpoints/{id}")
class EndpointReportController {

  private static final int MAX_TEXT = 253;
  private static final int MAX_MESSAGE = 2_000;
  private static final int MOST_INSTANCES = 10_000;

  /** As many, and as long, as a manifest may have. */
  private static final int MOST_EXPRESSIONS = 100;

  private static final int LONGEST_EXPRESSION = 500;
  private static final Set<String> STATES = Set.of("in_sync", "paused", "drifted", "error");

  private final Commands commands;
  private final CommandChannels channels;
  private final HeartbeatStreams heartbeats;
  private final OpenStreams open;
  private final Clock clock;

  EndpointReportController(
      Commands commands,
      CommandChannels channels,
      HeartbeatStreams heartbeats,
      OpenStreams open,
      Clock clock) {
    this.commands = commands;
    this.channels = channels;
    this.heartbeats = heartbeats;
    this.open = open;
    this.clock = clock;
  }

  record InstanceRequest(
      @Nullable String jobId,
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String path,
      @Nullable String state,
      @Nullable List<@Nullable String> schedule,
      @Nullable String timezone,
      @Nullable String message) {}

  record InstancesRequest(
      @Nullable Instant observedAt,
      @Nullable String commit,
      @Nullable String scheduler,
      @Nullable List<@Nullable InstanceRequest> instances) {}

  record InstancesAnswer(int changed) {}

  /** The channel on which an agent is told what to do. */
  @GetMapping(path = "/commands", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<CommandChannels.Command>> commands(
      @PathVariable String id, Caller caller, ServerWebExchange exchange) {
    requireSelf(caller, id);
    return channels
        .open(new EndpointId(caller.tenantId(), id))
        .takeUntilOther(open.end(caller, exchange));
  }

  /** Everything that the endpoint's scheduler has of ours. */
  @PostMapping("/job-instances")
  Mono<InstancesAnswer> instances(
      @PathVariable String id,
      @RequestBody InstancesRequest request,
      Caller caller,
      ServerWebExchange exchange) {
    requireSelf(caller, id);
    Instant now = clock.instant();
    ReportJobInstances command =
        new ReportJobInstances(
            new EndpointId(caller.tenantId(), id),
            request.observedAt() == null ? now : request.observedAt(),
            now,
            request.commit(),
            request.scheduler(),
            instances(request));
    return commands
        .send(command, Origin.of(caller, TraceFilter.traceId(exchange)), Integer.class)
        .map(InstancesAnswer::new)
        .onErrorMap(EndpointRejected.class, _ -> Problem.notFound("endpoint"));
  }

  /** Revokes an endpoint, its tokens with it, and ends its channel. Its history stays. */
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> revoke(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_AGENTS);
    EndpointId endpoint = new EndpointId(caller.tenantId(), id);
    return commands
        .send(
            new RevokeEndpoint(endpoint, clock.instant()),
            Origin.of(caller, exchange),
            Object.class)
        .onErrorMap(EndpointRejected.class, _ -> Problem.notFound("endpoint"))
        .then()
        .doOnSuccess(
            _ -> {
              channels.close(endpoint);
              heartbeats.revoked(endpoint);
            });
  }

  private static void requireSelf(Caller caller, String id) {
    if (caller.kind() != Caller.Kind.ENDPOINT) {
      throw Problem.forbidden("this is for the endpoint itself, with its own token (ep_…)");
    }
    if (!caller.subject().equals(id)) {
      throw Problem.notFound("endpoint");
    }
  }

  private static List<JobInstance> instances(InstancesRequest request) {
    RequestCheck check = new RequestCheck();
    List<@Nullable InstanceRequest> sent =
        request.instances() == null ? List.of() : request.instances();
    check.time("/observed_at", request.observedAt());
    check.that(request.instances() != null, "/instances", "is required");
    check.that(sent.size() <= MOST_INSTANCES, "/instances", "at most " + MOST_INSTANCES);
    check.optionalText("/commit", request.commit(), MAX_TEXT);
    check.optionalText("/scheduler", request.scheduler(), MAX_TEXT);
    List<JobInstance> instances =
        IntStream.range(0, sent.size())
            .mapToObj(index -> instance(check, "/instances/" + index, sent.get(index)))
            .toList();
    check.done();
    return instances;
  }

  private static JobInstance instance(
      RequestCheck check, String pointer, @Nullable InstanceRequest sent) {
    if (sent == null) {
      check.error(pointer, "is required");
      return new JobInstance("", "", "", null, "error", List.of(), null, null);
    }
    String state = check.text(pointer + "/state", sent.state(), MAX_TEXT);
    check.that(
        state.isEmpty() || STATES.contains(state),
        pointer + "/state",
        "must be one of " + STATES.stream().sorted().toList());
    return new JobInstance(
        check.text(pointer + "/job_id", sent.jobId(), MAX_TEXT),
        check.text(pointer + "/namespace", sent.namespace(), MAX_TEXT),
        check.text(pointer + "/name", sent.name(), MAX_TEXT),
        check.optionalText(pointer + "/path", sent.path(), MAX_MESSAGE),
        state,
        schedule(check, pointer + "/schedule", sent.schedule()),
        check.optionalText(pointer + "/timezone", sent.timezone(), MAX_TEXT),
        message(sent.message()));
  }

  private static List<String> schedule(
      RequestCheck check, String pointer, @Nullable List<@Nullable String> sent) {
    List<@Nullable String> expressions = sent == null ? List.of() : sent;
    check.that(expressions.size() <= MOST_EXPRESSIONS, pointer, "at most " + MOST_EXPRESSIONS);
    return IntStream.range(0, expressions.size())
        .mapToObj(index -> expression(check, pointer + "/" + index, expressions.get(index)))
        .toList();
  }

  /** A tab separates fields as a blank does, and is the one control character that may. */
  private static String expression(RequestCheck check, String pointer, @Nullable String sent) {
    return check.text(pointer, sent == null ? null : sent.replace('\t', ' '), LONGEST_EXPRESSION);
  }

  private static @Nullable String message(@Nullable String text) {
    return text == null ? null : StoredText.readable(text, MAX_MESSAGE);
  }
}
