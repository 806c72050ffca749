package io.crontopus.command.enrollment;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.enrollment.events.EnrollmentTokenIssued;
import io.crontopus.enrollment.events.EnrollmentTokenRevoked;
import io.crontopus.identity.Caller;
import io.crontopus.identity.EnrollmentToken;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.Scope;
import io.crontopus.identity.SecretToken;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** Tokens with which machines enroll. */
@RestController
@RequestMapping("/api/enrollment-tokens")
class EnrollmentTokenController {

  private static final int MAX_NAME = 100;
  private static final int MOST_DAYS = 3_650;
  private static final int USUAL_DAYS = 1;
  private static final int MOST_USES = 1_000_000;
  private static final int USUAL_USES = 1;

  private final EnrollmentTokenStore tokens;
  private final Facts facts;
  private final RepeatedRequests requests;
  private final BlockingWork blocking;
  private final Clock clock;

  EnrollmentTokenController(
      EnrollmentTokenStore tokens,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock) {
    this.tokens = tokens;
    this.facts = facts;
    this.requests = requests;
    this.blocking = blocking;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param expiresInDays a day when nothing is said; 0 for a token that does not expire
   * @param maxUses how many machines may enroll with it: one when nothing is said; 0 for any number
   */
  record Request(
      @Nullable String name, @Nullable Integer expiresInDays, @Nullable Integer maxUses) {}

  record Issued(
      String id,
      String name,
      String token,
      @Nullable Instant expiresAt,
      @Nullable Integer maxUses) {}

  record Shown(
      String id,
      String name,
      String prefix,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Integer maxUses,
      int usedCount,
      @Nullable Instant revokedAt) {}

  record Page(List<Shown> enrollmentTokens, @Nullable String nextCursor) {}

  /**
   * Makes a token, for one machine and a day unless more is asked for; its secret is in this answer
   * and nowhere else.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Issued> issue(
      @RequestBody Request request,
      @RequestHeader(name = RepeatedRequests.HEADER, required = false)
          @Nullable String idempotencyKey,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_AGENTS);
    RequestCheck check = new RequestCheck();
    String name = check.text("/name", request.name(), MAX_NAME);
    int days = check.number("/expires_in_days", request.expiresInDays(), 0, MOST_DAYS, USUAL_DAYS);
    int uses = check.number("/max_uses", request.maxUses(), 0, MOST_USES, USUAL_USES);
    check.done();
    Instant now = clock.instant();
    String secret = SecretToken.issue(SecretToken.Kind.ENROLLMENT);
    EnrollmentToken token =
        new EnrollmentToken(
            UuidCreator.getTimeOrderedEpoch().toString(),
            caller.tenantId(),
            name,
            SecretToken.shown(secret),
            now,
            days == 0 ? null : now.plus(Duration.ofDays(days)),
            uses == 0 ? null : uses,
            0,
            null);
    Origin origin = Origin.of(caller, exchange);
    var once = new RepeatedRequests.Request(idempotencyKey, "POST /api/enrollment-tokens", request);
    return blocking.call(
        () ->
            requests.onceWithSecret(
                caller,
                once,
                Issued::id,
                () -> {
                  store(token, secret, origin);
                  return new Issued(token.id(), name, secret, token.expiresAt(), token.maxUses());
                }));
  }

  /** The tenant's tokens, newest first. */
  @GetMapping
  Mono<Page> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.require(caller, Scope.READ_AGENTS);
    TokenPages.Start start = TokenPages.start(limit, cursor);
    return blocking
        .call(() -> tokens.list(caller.tenantId(), limit + 1, start.beforeTime(), start.beforeId()))
        .map(found -> page(found, limit));
  }

  /** Takes a token out of use. Machines that enrolled with it stay. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> revoke(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_AGENTS);
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> revoke(caller, id, origin));
  }

  private void store(EnrollmentToken token, String secret, Origin origin) {
    facts.record(
        origin,
        () -> {
          tokens.add(token, secret);
          return token;
        },
        new EnrollmentTokenIssued(
            token.tenantId(),
            token.id(),
            token.name(),
            token.maxUses(),
            token.expiresAt(),
            origin.actor(),
            token.createdAt()));
  }

  private void revoke(Caller caller, String id, Origin origin) {
    Instant now = clock.instant();
    facts.record(
        origin,
        () -> {
          if (!tokens.revoke(caller.tenantId(), id, now)) {
            throw Problem.notFound("enrollment token");
          }
          return id;
        },
        new EnrollmentTokenRevoked(caller.tenantId(), id, origin.actor(), now));
  }

  private static Page page(List<EnrollmentToken> found, int limit) {
    List<Shown> shown =
        found.stream()
            .limit(limit)
            .map(
                token ->
                    new Shown(
                        token.id(),
                        token.name(),
                        token.prefix(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.maxUses(),
                        token.usedCount(),
                        token.revokedAt()))
            .toList();
    return new Page(
        shown, TokenPages.next(found, limit, EnrollmentToken::createdAt, EnrollmentToken::id));
  }
}
