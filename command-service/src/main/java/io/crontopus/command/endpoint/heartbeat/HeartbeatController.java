package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.endpoint.EndpointId;
import io.crontopus.identity.Caller;
import io.crontopus.identity.SecretToken;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes signs of life: one a request, or one a line of a request that stays open. */
@RestController
@RequestMapping("/api/endpoints/{id}")
final class HeartbeatController {

  private static final int MAX_TEXT = HeartbeatReader.MOST_CHARACTERS;
  private static final Duration STORED_WITHIN = Duration.ofSeconds(20);
  private static final long RETRY_AFTER_SECONDS = 5;
  private static final String BEARER = "Bearer ";

  private final Heartbeats heartbeats;
  private final HeartbeatStreams streams;
  private final HeartbeatSettings settings;
  private final InstantSource clock;

  HeartbeatController(
      Heartbeats heartbeats,
      HeartbeatStreams streams,
      HeartbeatSettings settings,
      InstantSource clock) {
    this.heartbeats = heartbeats;
    this.streams = streams;
    this.settings = settings;
    this.clock = clock;
  }

  record Request(
      @Nullable Instant sentAt,
      @Nullable String version,
      @Nullable String scheduler,
      @Nullable Boolean schedulerAlive,
      @Nullable String appliedCommit,
      @Nullable Long spoolDepth) {}

  record Answer(Instant receivedAt, long nextInSeconds) {}

  /** A sign of life; answered after it is durable. */
  @PostMapping("/heartbeat")
  Mono<Answer> heartbeat(@PathVariable String id, @RequestBody Request request, Caller caller) {
    requireSelf(caller, id);
    RequestCheck check = new RequestCheck();
    check.time("/sent_at", request.sentAt());
    check.optionalText("/version", request.version(), MAX_TEXT);
    check.optionalText("/scheduler", request.scheduler(), MAX_TEXT);
    check.optionalText("/applied_commit", request.appliedCommit(), MAX_TEXT);
    check.that(
        request.spoolDepth() == null
            || (request.spoolDepth() >= 0 && request.spoolDepth() < Long.MAX_VALUE),
        "/spool_depth",
        "must be a count");
    check.done();
    long now = clock.millis();
    return heartbeats
        .observe(
            new SignOfLife(
                caller.tenantId(),
                UUID.fromString(id),
                request.sentAt() == null ? now : request.sentAt().toEpochMilli(),
                now,
                new SignOfLife.Said(
                    request.version(),
                    request.scheduler(),
                    request.schedulerAlive(),
                    request.appliedCommit()),
                request.spoolDepth()))
        .timeout(STORED_WITHIN, Mono.error(() -> Problem.overloaded(RETRY_AFTER_SECONDS)))
        .doOnNext(_ -> streams.stored(caller.tenantId(), 1))
        .map(
            stored ->
                new Answer(
                    Instant.ofEpochMilli(stored.receivedAt()), settings.interval().toSeconds()));
  }

  /** A line a sign of life, for as long as the agent runs. */
  @PostMapping("/heartbeats")
  Mono<Void> stream(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    requireSelf(caller, id);
    HeartbeatStream stream =
        streams
            .open(new EndpointId(caller.tenantId(), id), tokenHash(exchange))
            .orElseThrow(() -> Problem.overloaded(RETRY_AFTER_SECONDS));
    ServerHttpResponse response = exchange.getResponse();
    DataBufferFactory buffers = response.bufferFactory();
    response.setStatusCode(HttpStatus.OK);
    response.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
    // Proxies that collect answers would keep the agent waiting for its acknowledgements.
    response.getHeaders().set("X-Accel-Buffering", "no");
    return response.writeAndFlushWith(
        stream.answers(exchange.getRequest().getBody()).map(line -> Mono.just(buffers.wrap(line))));
  }

  private static void requireSelf(Caller caller, String id) {
    if (caller.kind() != Caller.Kind.ENDPOINT) {
      throw Problem.forbidden("this is for the endpoint itself, with its own token (ep_…)");
    }
    if (!caller.subject().equals(id)) {
      throw Problem.notFound("endpoint");
    }
  }

  private static byte[] tokenHash(ServerWebExchange exchange) {
    String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    return SecretToken.hash(header == null ? "" : header.substring(BEARER.length()).trim());
  }
}
