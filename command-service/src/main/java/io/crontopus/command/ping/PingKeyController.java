package io.crontopus.command.ping;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.identity.SecretToken;
import io.crontopus.tenant.events.PingKeyIssued;
import io.crontopus.tenant.events.PingKeyRevoked;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.PathIds;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The keys with which jobs report by an address alone. */
@RestController
@RequestMapping("/api/ping-keys")
class PingKeyController {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int MOST_OF_A_JOB = 10;

  private final PingKeyStore keys;
  private final Facts facts;
  private final RepeatedRequests requests;
  private final BlockingWork blocking;
  private final Clock clock;
  private final String publicUrl;

  PingKeyController(
      PingKeyStore keys,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock,
      String publicUrl) {
    this.keys = keys;
    this.facts = facts;
    this.requests = requests;
    this.blocking = blocking;
    this.clock = clock;
    this.publicUrl = publicUrl;
  }

  record Request(@Nullable String namespace, @Nullable String jobName) {}

  record Issued(
      String id, String namespace, String jobName, String key, String url, Instant createdAt) {}

  record Shown(
      String id,
      String namespace,
      String jobName,
      String prefix,
      String createdBy,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  record Page(List<Shown> pingKeys, @Nullable String nextCursor) {}

  /** Makes a key for a job; it is in this answer and nowhere else. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Issued> issue(
      @RequestBody Request request,
      @RequestHeader(name = RepeatedRequests.HEADER, required = false)
          @Nullable String idempotencyKey,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_TOKENS);
    // Nobody hands out what they may not do.
    Callers.require(caller, Scope.WRITE_RUNS);
    RequestCheck check = new RequestCheck();
    String namespace = Objects.requireNonNullElse(request.namespace(), "default");
    String jobName = request.jobName() == null ? "" : request.jobName();
    check.that(NAME.matcher(namespace).matches(), "/namespace", "must be the name of a namespace");
    check.that(NAME.matcher(jobName).matches(), "/job_name", "must be the name of a job");
    check.done();
    Origin origin = Origin.of(caller, exchange);
    var once = new RepeatedRequests.Request(idempotencyKey, "POST /api/ping-keys", request);
    return blocking.call(
        () ->
            requests.onceWithSecret(
                caller, once, Issued::id, () -> issue(namespace, jobName, origin)));
  }

  /** The tenant's keys, newest first. */
  @GetMapping
  Mono<Page> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.require(caller, Scope.READ_TOKENS);
    TokenPages.Start start = TokenPages.start(limit, cursor);
    return blocking
        .call(() -> keys.list(caller.tenantId(), limit + 1, start.beforeTime(), start.beforeId()))
        .map(found -> page(found, limit));
  }

  /** Takes a key out of use. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> revoke(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_TOKENS);
    String key = PathIds.uuid(id, "key");
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> revoke(key, origin));
  }

  private Issued issue(String namespace, String jobName, Origin origin) {
    Instant now = clock.instant();
    String secret = SecretToken.issue(SecretToken.Kind.PING);
    PingKey key =
        new PingKey(
            UuidCreator.getTimeOrderedEpoch().toString(),
            origin.tenantId(),
            namespace,
            jobName,
            SecretToken.shown(secret),
            origin.actor(),
            now,
            null,
            null);
    return facts.record(
        origin,
        () -> {
          if (keys.inUse(key.tenantId(), namespace, jobName) >= MOST_OF_A_JOB) {
            throw Problem.of(
                HttpStatus.CONFLICT,
                "too-many-keys",
                "a job has at most " + MOST_OF_A_JOB + " keys: revoke one");
          }
          keys.add(key, secret);
          return new Issued(
              key.id(), namespace, jobName, secret, publicUrl + "/ping/" + secret, now);
        },
        new PingKeyIssued(key.tenantId(), key.id(), namespace, jobName, origin.actor(), now));
  }

  private void revoke(String id, Origin origin) {
    Instant now = clock.instant();
    facts.record(
        origin,
        () -> {
          if (!keys.revoke(origin.tenantId(), id, now)) {
            throw Problem.notFound("key");
          }
          return id;
        },
        new PingKeyRevoked(origin.tenantId(), id, origin.actor(), now));
  }

  private static Page page(List<PingKey> found, int limit) {
    List<Shown> shown =
        found.stream()
            .limit(limit)
            .map(
                key ->
                    new Shown(
                        key.id(),
                        key.namespace(),
                        key.jobName(),
                        key.prefix(),
                        key.createdBy(),
                        key.createdAt(),
                        key.lastUsedAt(),
                        key.revokedAt()))
            .toList();
    return new Page(shown, TokenPages.next(found, limit, PingKey::createdAt, PingKey::id));
  }
}
