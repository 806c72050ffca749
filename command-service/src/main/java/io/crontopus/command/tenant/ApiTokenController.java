package io.crontopus.command.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Origin;
import io.crontopus.identity.ApiToken;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.identity.SecretToken;
import io.crontopus.tenant.events.ApiTokenIssued;
import io.crontopus.tenant.events.ApiTokenRevoked;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Cursor;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
import io.crontopus.web.TraceFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** API tokens: what programs call the API with. */
@RestController
@RequestMapping("/api/tokens")
class ApiTokenController {

  private static final int MAX_NAME = 100;
  private static final int MOST_DAYS = 3_650;

  private final ApiTokenStore tokens;
  private final Facts facts;
  private final BlockingWork blocking;
  private final Clock clock;

  ApiTokenController(ApiTokenStore tokens, Facts facts, BlockingWork blocking, Clock clock) {
    this.tokens = tokens;
    this.facts = facts;
    this.blocking = blocking;
    this.clock = clock;
  }

  record Request(
      @Nullable String name, @Nullable List<String> scopes, @Nullable Integer expiresInDays) {}

  record Issued(
      String id,
      String name,
      String token,
      List<String> scopes,
      @Nullable Instant expiresAt,
      Instant createdAt) {}

  record Shown(
      String id,
      String name,
      List<String> scopes,
      String prefix,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  record Page(List<Shown> tokens, @Nullable String nextCursor) {}

  /**
   * Makes a token, with at most the scopes of its maker; its secret is in this answer and nowhere
   * else.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Issued> issue(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_TOKENS);
    String userId = caller.userId();
    if (userId == null) {
      throw Problem.forbidden("only a user, or a user's token, can make tokens");
    }
    Instant now = clock.instant();
    String secret = SecretToken.issue(SecretToken.Kind.API);
    ApiToken token = token(request, caller, userId, secret, now);
    Origin origin = Origin.of(caller, TraceFilter.traceId(exchange));
    return blocking
        .run(() -> store(token, secret, origin))
        .thenReturn(
            new Issued(
                token.id(),
                token.name(),
                secret,
                token.scopes(),
                token.expiresAt(),
                token.createdAt()));
  }

  /** The tenant's tokens, newest first. */
  @GetMapping
  Mono<Page> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.require(caller, Scope.READ_TOKENS);
    TokenPages.Start start = TokenPages.start(limit, cursor);
    return blocking
        .call(() -> tokens.list(caller.tenantId(), limit + 1, start.beforeTime(), start.beforeId()))
        .map(found -> page(found, limit));
  }

  /** Takes a token out of use. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> revoke(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_TOKENS);
    Origin origin = Origin.of(caller, TraceFilter.traceId(exchange));
    return blocking.run(() -> revoke(caller, id, origin));
  }

  private static ApiToken token(
      Request request, Caller caller, String userId, String secret, Instant now) {
    RequestCheck check = new RequestCheck();
    String name = check.text("/name", request.name(), MAX_NAME);
    int days = check.number("/expires_in_days", request.expiresInDays(), 1, MOST_DAYS, 0);
    List<String> scopes = request.scopes() == null ? List.of() : request.scopes();
    check.that(!scopes.isEmpty(), "/scopes", "at least one of " + Scope.names());
    for (int i = 0; i < scopes.size(); i++) {
      Optional<Scope> scope = Scope.named(String.valueOf(scopes.get(i)));
      String pointer = "/scopes/" + i;
      check.that(scope.isPresent(), pointer, "must be one of " + Scope.names());
      check.that(scope.isEmpty() || caller.may(scope.get()), pointer, "is more than you may do");
    }
    check.done();
    return new ApiToken(
        UuidCreator.getTimeOrderedEpoch().toString(),
        caller.tenantId(),
        userId,
        name,
        SecretToken.shown(secret),
        scopes.stream().distinct().toList(),
        now,
        days == 0 ? null : now.plus(Duration.ofDays(days)),
        null,
        null);
  }

  private void store(ApiToken token, String secret, Origin origin) {
    facts.record(
        origin,
        () -> {
          tokens.add(token, secret);
          return token;
        },
        new ApiTokenIssued(
            token.tenantId(),
            token.id(),
            token.name(),
            token.scopes(),
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
            throw Problem.notFound("token");
          }
          return id;
        },
        new ApiTokenRevoked(caller.tenantId(), id, origin.actor(), now));
  }

  private static Page page(List<ApiToken> found, int limit) {
    List<Shown> shown =
        found.stream()
            .limit(limit)
            .map(
                token ->
                    new Shown(
                        token.id(),
                        token.name(),
                        token.scopes(),
                        token.prefix(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.lastUsedAt(),
                        token.revokedAt()))
            .toList();
    return new Page(
        shown,
        found.size() > limit
            ? Cursor.after(shown.getLast().createdAt().toString(), shown.getLast().id()).encode()
            : null);
  }
}
