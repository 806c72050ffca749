package io.crontopus.command.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.ApiToken;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.tenant.events.ApiTokenIssued;
import io.crontopus.tenant.events.ApiTokenRevoked;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.PathIds;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/** API tokens: what programs call the API with. */
@RestController
@RequestMapping("/api/tokens")
class ApiTokenController {

  private static final int MAX_NAME = 100;
  private static final int MOST_DAYS = 3_650;

  private final ApiTokenStore tokens;
  private final UserStore users;
  private final Facts facts;
  private final RepeatedRequests requests;
  private final BlockingWork blocking;
  private final Clock clock;

  ApiTokenController(
      ApiTokenStore tokens,
      UserStore users,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock) {
    this.tokens = tokens;
    this.users = users;
    this.facts = facts;
    this.requests = requests;
    this.blocking = blocking;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param userId the service that the token is for; null for a token of one's own
   */
  record Request(
      @Nullable String name,
      @Nullable List<String> scopes,
      @Nullable Integer expiresInDays,
      @Nullable String userId) {}

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
      String userId,
      List<String> scopes,
      String prefix,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  record Page(List<Shown> tokens, @Nullable String nextCursor) {}

  /**
   * Makes a token, with at most the scopes of its maker and of its user; its secret is in this
   * answer and nowhere else. One that is made with a token ends with that one at the latest.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Issued> issue(
      @RequestBody Request request,
      @RequestHeader(name = RepeatedRequests.HEADER, required = false)
          @Nullable String idempotencyKey,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_TOKENS);
    String maker = caller.userId();
    if (maker == null) {
      throw Problem.forbidden("only a user, or a user's token, can make tokens");
    }
    if (request.userId() != null) {
      Callers.require(caller, Scope.WRITE_USERS);
    }
    Origin origin = Origin.of(caller, exchange);
    var once = new RepeatedRequests.Request(idempotencyKey, "POST /api/tokens", request);
    return blocking.call(
        () ->
            requests.onceWithSecret(
                caller, once, Issued::id, () -> issue(request, caller, maker, origin)));
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

  /**
   * Takes a token out of use, with all that were made with it: one's own, or that of anybody if one
   * may manage users.
   */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> revoke(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_TOKENS);
    String token = PathIds.uuid(id, "token");
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> revoke(caller, token, origin));
  }

  private Issued issue(Request request, Caller caller, String maker, Origin origin) {
    RequestCheck check = new RequestCheck();
    String name = check.text("/name", request.name(), MAX_NAME);
    int days = check.number("/expires_in_days", request.expiresInDays(), 1, MOST_DAYS, 0);
    Instant now = clock.instant();
    @Nullable String parent = caller.kind() == Caller.Kind.API_TOKEN ? caller.subject() : null;
    @Nullable Instant expiresAt =
        expiresAt(check, days == 0 ? null : now.plus(Duration.ofDays(days)), caller, parent);
    Optional<User> user = user(check, caller, maker, request.userId());
    List<String> scopes =
        scopes(
            check,
            request.scopes() == null ? List.of() : request.scopes(),
            user.map(of -> Scope.allowedByBoth(caller.scopes(), of.role().scopes())));
    check.done();
    String secret = SecretToken.issue(SecretToken.Kind.API);
    ApiToken token =
        new ApiToken(
            UuidCreator.getTimeOrderedEpoch().toString(),
            caller.tenantId(),
            user.orElseThrow().id(),
            name,
            SecretToken.shown(secret),
            scopes,
            now,
            expiresAt,
            null,
            null);
    store(token, secret, parent, origin);
    return new Issued(token.id(), name, secret, scopes, token.expiresAt(), now);
  }

  /** When the token is to end: a token cannot make one that goes on after it. */
  private @Nullable Instant expiresAt(
      RequestCheck check, @Nullable Instant wanted, Caller caller, @Nullable String parent) {
    if (parent == null) {
      return wanted;
    }
    @Nullable Instant most =
        tokens.find(caller.tenantId(), parent).orElseThrow(ApiTokenController::revoked).expiresAt();
    if (most == null || wanted == null) {
      return most == null ? wanted : most;
    }
    check.that(
        !wanted.isAfter(most),
        "/expires_in_days",
        "is longer than the token that you make it with is good for: until " + most);
    return wanted;
  }

  /** Whose token it is to be: the maker's own, or that of one of the tenant's services. */
  private Optional<User> user(
      RequestCheck check, Caller caller, String maker, @Nullable String service) {
    if (service == null) {
      return Optional.of(
          users.find(caller.tenantId(), maker).orElseThrow(() -> Problem.notFound("user")));
    }
    Optional<User> found =
        Optional.of(check.text("/user_id", service, MAX_NAME))
            .filter(id -> id.chars().noneMatch(Character::isISOControl))
            .flatMap(id -> users.find(caller.tenantId(), id))
            .filter(user -> user.kind() == User.Kind.SERVICE);
    check.that(found.isPresent(), "/user_id", "is not the id of a service");
    return found;
  }

  private static List<String> scopes(
      RequestCheck check, List<String> wanted, Optional<Set<Scope>> allowed) {
    check.that(!wanted.isEmpty(), "/scopes", "at least one of " + Scope.names());
    for (int i = 0; i < wanted.size(); i++) {
      Optional<Scope> scope = Scope.named(String.valueOf(wanted.get(i)));
      String pointer = "/scopes/" + i;
      check.that(scope.isPresent(), pointer, "must be one of " + Scope.names());
      check.that(
          scope.isEmpty() || allowed.isEmpty() || Scope.cover(allowed.get(), Set.of(scope.get())),
          pointer,
          "is more than you, or the token's user, may do");
    }
    return wanted.stream().distinct().toList();
  }

  private void store(ApiToken token, String secret, @Nullable String parent, Origin origin) {
    facts.record(
        origin,
        () -> {
          if (parent != null && !tokens.hold(parent)) {
            throw revoked();
          }
          tokens.add(token, secret, parent);
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
    facts.recordOutcome(
        origin,
        () -> {
          ApiToken token =
              tokens.find(caller.tenantId(), id).orElseThrow(() -> Problem.notFound("token"));
          if (!token.userId().equals(caller.userId())) {
            Callers.require(caller, Scope.WRITE_USERS);
          }
          List<String> revoked = tokens.revoke(caller.tenantId(), id, now);
          if (revoked.isEmpty()) {
            throw Problem.notFound("token");
          }
          List<Object> events = new ArrayList<>();
          for (String each : revoked) {
            events.add(new ApiTokenRevoked(caller.tenantId(), each, origin.actor(), now));
          }
          return new Outcome<>(true, events);
        });
  }

  private static Problem revoked() {
    return Problem.unauthenticated("the token was revoked");
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
                        token.userId(),
                        token.scopes(),
                        token.prefix(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.lastUsedAt(),
                        token.revokedAt()))
            .toList();
    return new Page(shown, TokenPages.next(found, limit, ApiToken::createdAt, ApiToken::id));
  }
}
