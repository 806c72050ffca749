package io.crontopus.command.sso;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.PathIds;
import io.crontopus.web.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A user's accounts at providers: for themselves, and for those who look after users. */
@RestController
@RequestMapping("/api/users/{id}/sso")
class IdentityController {

  private final UserStore users;
  private final IdentityStore identities;
  private final Linking linking;
  private final BlockingWork blocking;

  IdentityController(
      UserStore users, IdentityStore identities, Linking linking, BlockingWork blocking) {
    this.users = users;
    this.identities = identities;
    this.linking = linking;
    this.blocking = blocking;
  }

  record Shown(String provider, Instant linkedAt, @Nullable Instant lastUsedAt) {

    static Shown of(Identity identity) {
      return new Shown(identity.provider(), identity.linkedAt(), identity.lastUsedAt());
    }
  }

  record Page(List<Shown> identities, @Nullable String nextCursor) {}

  /** All of them. */
  @GetMapping
  Mono<Page> list(@PathVariable String id, Caller caller) {
    String userId = PathIds.uuid(id, "user");
    if (!isOwn(caller, userId)) {
      Callers.require(caller, Scope.READ_USERS);
    }
    return blocking.call(
        () -> {
          User user = user(caller, userId);
          return new Page(
              identities.list(user.tenantId(), user.id()).stream().map(Shown::of).toList(), null);
        });
  }

  /** Takes one away, and ends the user's sessions but the one that asks. */
  @DeleteMapping("/{provider}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> unlink(
      @PathVariable String id,
      @PathVariable String provider,
      Caller caller,
      ServerWebExchange exchange) {
    String userId = PathIds.uuid(id, "user");
    boolean own = isOwn(caller, userId);
    if (!own) {
      Callers.require(caller, Scope.WRITE_USERS);
    }
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(
        () -> {
          User user = user(caller, userId);
          if (!own && !caller.covers(user.role())) {
            throw Problem.forbidden("this user may do more than you may");
          }
          linking.unlink(caller, user, provider, origin);
        });
  }

  /** A login's own: a token of the user has the rights that it was given, and no others. */
  private static boolean isOwn(Caller caller, String userId) {
    return caller.sessionId() != null && userId.equals(caller.userId());
  }

  private User user(Caller caller, String userId) {
    return users.find(caller.tenantId(), userId).orElseThrow(() -> Problem.notFound("user"));
  }
}
