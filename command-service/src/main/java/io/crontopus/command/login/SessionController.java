package io.crontopus.command.login;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Session;
import io.crontopus.web.BlockingWork;
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

/** Where a user is logged in. */
@RestController
@RequestMapping("/api/auth/sessions")
class SessionController {

  private final Sessions sessions;
  private final BlockingWork blocking;

  SessionController(Sessions sessions, BlockingWork blocking) {
    this.sessions = sessions;
    this.blocking = blocking;
  }

  record Shown(
      String id,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt,
      @Nullable String address,
      @Nullable String userAgent,
      boolean current) {

    static Shown of(Session session, Login login) {
      return new Shown(
          session.id(),
          session.createdAt(),
          session.lastUsedAt(),
          session.expiresAt(),
          session.address(),
          session.userAgent(),
          session.id().equals(login.sessionId()));
    }
  }

  record Page(List<Shown> sessions, @Nullable String nextCursor) {}

  /** All sessions of the caller, the one used last first. */
  @GetMapping
  Mono<Page> list(Caller caller) {
    Login login = Login.of(caller);
    return blocking
        .call(() -> sessions.list(caller.tenantId(), login.userId()))
        .map(
            found ->
                new Page(found.stream().map(session -> Shown.of(session, login)).toList(), null));
  }

  /** Ends one of the caller's sessions. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> end(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Login login = Login.of(caller);
    String session = PathIds.uuid(id, "session");
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(
        () -> {
          if (!sessions.end(origin, login.userId(), session, "revoked")) {
            throw Problem.notFound("session");
          }
        });
  }
}
