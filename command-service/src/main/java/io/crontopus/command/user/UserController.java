package io.crontopus.command.user;

import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Role;
import io.crontopus.identity.Scope;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.EntityTag;
import io.crontopus.web.Origin;
import io.crontopus.web.PathIds;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
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

/** The users of a tenant. */
@RestController
@RequestMapping("/api/users")
class UserController {

  private final UserStore users;
  private final Members members;
  private final RepeatedRequests requests;
  private final BlockingWork blocking;

  UserController(
      UserStore users, Members members, RepeatedRequests requests, BlockingWork blocking) {
    this.users = users;
    this.members = members;
    this.requests = requests;
    this.blocking = blocking;
  }

  record NewService(@Nullable String kind, @Nullable String username, @Nullable String role) {}

  record Change(@Nullable String role) {}

  record Shown(
      String id,
      String kind,
      String username,
      @Nullable String email,
      String role,
      Instant createdAt) {

    static Shown of(User user) {
      return new Shown(
          user.id(),
          user.kind().wireName(),
          user.username(),
          user.email(),
          user.role().wireName(),
          user.createdAt());
    }
  }

  record Page(List<Shown> users, @Nullable String nextCursor) {}

  /** The tenant's users, newest first. */
  @GetMapping
  Mono<Page> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.require(caller, Scope.READ_USERS);
    TokenPages.Start start = TokenPages.start(limit, cursor);
    return blocking
        .call(() -> users.list(caller.tenantId(), limit + 1, start.beforeTime(), start.beforeId()))
        .map(found -> page(found, limit));
  }

  /** One of them, with the tag of its state. */
  @GetMapping("/{id}")
  Mono<ResponseEntity<Shown>> show(@PathVariable String id, Caller caller) {
    Callers.require(caller, Scope.READ_USERS);
    String userId = PathIds.uuid(id, "user");
    return blocking.call(
        () ->
            users
                .find(caller.tenantId(), userId)
                .map(UserController::tagged)
                .orElseThrow(() -> Problem.notFound("user")));
  }

  /** Adds a service: a user that is a program, and has API tokens only. People are invited. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Shown> add(
      @RequestBody NewService request,
      @RequestHeader(name = RepeatedRequests.HEADER, required = false)
          @Nullable String idempotencyKey,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_USERS);
    RequestCheck check = new RequestCheck();
    check.that(
        User.Kind.SERVICE.wireName().equals(request.kind()),
        "/kind",
        "must be service: people are invited");
    String name = UserRules.username(check, "/username", request.username());
    Optional<Role> role = UserRules.role(check, "/role", request.role());
    check.that(
        role.filter(wanted -> wanted == Role.OWNER).isEmpty(),
        "/role",
        "a service cannot own a tenant");
    check.done();
    Origin origin = Origin.of(caller, exchange);
    var once = new RepeatedRequests.Request(idempotencyKey, "POST /api/users", request);
    return blocking.call(
        () ->
            requests.once(
                caller,
                once,
                Shown.class,
                Shown::id,
                () -> Shown.of(members.addService(caller, name, role.orElseThrow(), origin))));
  }

  /**
   * Gives a user another role; with {@code If-Match} only in the state that the caller has seen.
   */
  @PatchMapping("/{id}")
  Mono<ResponseEntity<Shown>> change(
      @PathVariable String id,
      @RequestBody Change request,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_USERS);
    String userId = PathIds.uuid(id, "user");
    RequestCheck check = new RequestCheck();
    Optional<Role> role = UserRules.role(check, "/role", request.role());
    check.done();
    Origin origin = Origin.of(caller, exchange);
    return blocking
        .call(
            () ->
                members.changeRole(
                    caller, userId, role.orElseThrow(), user -> requireSeen(user, ifMatch), origin))
        .map(UserController::tagged);
  }

  /** Removes a user with their tokens, sessions and invitations, and forgets the person. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> remove(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_USERS);
    String userId = PathIds.uuid(id, "user");
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(
        () -> members.remove(caller, userId, user -> requireSeen(user, ifMatch), origin));
  }

  private static void requireSeen(User user, @Nullable String ifMatch) {
    EntityTag.of(Shown.of(user)).requireSeen(ifMatch);
  }

  private static ResponseEntity<Shown> tagged(User user) {
    Shown shown = Shown.of(user);
    return ResponseEntity.ok().eTag(EntityTag.of(shown).value()).body(shown);
  }

  private static Page page(List<User> found, int limit) {
    List<Shown> shown = found.stream().limit(limit).map(Shown::of).toList();
    return new Page(shown, TokenPages.next(found, limit, User::createdAt, User::id));
  }
}
