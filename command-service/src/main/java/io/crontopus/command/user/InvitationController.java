package io.crontopus.command.user;

import io.crontopus.command.login.HashingWork;
import io.crontopus.command.login.Visit;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Role;
import io.crontopus.identity.Scope;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.PathIds;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Invitations to a tenant. */
@RestController
class InvitationController {

  private static final String PATH = "/api/invitations";
  private static final int MOST_DAYS = 30;
  private static final int USUAL_DAYS = 7;

  private final Invitations invitations;
  private final Joining joining;
  private final RepeatedRequests requests;
  private final HashingWork hashing;
  private final BlockingWork blocking;

  InvitationController(
      Invitations invitations,
      Joining joining,
      RepeatedRequests requests,
      HashingWork hashing,
      BlockingWork blocking) {
    this.invitations = invitations;
    this.joining = joining;
    this.requests = requests;
    this.hashing = hashing;
    this.blocking = blocking;
  }

  record InviteRequest(
      @Nullable String email, @Nullable String role, @Nullable Integer expiresInDays) {}

  record AcceptRequest(
      @Nullable String token, @Nullable String username, @Nullable String password) {}

  /**
   * An invitation that was just made.
   *
   * @param mailed whether the token is sent to the address as well
   */
  record Issued(
      String id, String email, String role, String token, boolean mailed, Instant expiresAt) {}

  record Shown(
      String id,
      String email,
      String role,
      String prefix,
      @Nullable String invitedBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant acceptedAt,
      @Nullable Instant revokedAt) {

    static Shown of(Invitation invitation) {
      return new Shown(
          invitation.id(),
          invitation.email(),
          invitation.role().wireName(),
          invitation.prefix(),
          invitation.invitedBy(),
          invitation.createdAt(),
          invitation.expiresAt(),
          invitation.acceptedAt(),
          invitation.revokedAt());
    }
  }

  record Page(List<Shown> invitations, @Nullable String nextCursor) {}

  /** Makes an invitation; its token is in this answer, to be handed over. */
  @PostMapping(PATH)
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Issued> make(
      @RequestBody InviteRequest request,
      @RequestHeader(name = RepeatedRequests.HEADER, required = false)
          @Nullable String idempotencyKey,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_USERS);
    RequestCheck check = new RequestCheck();
    String email = UserRules.email(check, "/email", request.email());
    Optional<Role> role = UserRules.role(check, "/role", request.role());
    int days = check.number("/expires_in_days", request.expiresInDays(), 1, MOST_DAYS, USUAL_DAYS);
    check.done();
    Origin origin = Origin.of(caller, exchange);
    var once = new RepeatedRequests.Request(idempotencyKey, "POST " + PATH, request);
    return blocking.call(
        () ->
            requests.onceWithSecret(
                caller,
                once,
                Issued::id,
                () ->
                    issued(
                        invitations.make(
                            caller, email, role.orElseThrow(), Duration.ofDays(days), origin))));
  }

  /** The tenant's invitations, newest first. */
  @GetMapping(PATH)
  Mono<Page> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.require(caller, Scope.READ_USERS);
    TokenPages.Start start = TokenPages.start(limit, cursor);
    return blocking
        .call(
            () ->
                invitations.list(
                    caller.tenantId(), limit + 1, start.beforeTime(), start.beforeId()))
        .map(found -> page(found, limit));
  }

  /** Takes an invitation back. */
  @DeleteMapping(PATH + "/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> revoke(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_USERS);
    String invitation = PathIds.uuid(id, "invitation");
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> invitations.revoke(caller, invitation, origin));
  }

  /** Makes a user of an invitation, with the name and the password that they choose. */
  @PostMapping("/api/auth/accept-invitation")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Me> accept(@RequestBody AcceptRequest request, ServerWebExchange exchange) {
    Visit visit = Visit.of(exchange);
    return blocking
        .call(() -> joining.accept(request.token(), request.username(), request.password(), visit))
        .flatMap(accepting -> hashing.call(accepting))
        .map(Me::of);
  }

  private static Issued issued(Invitations.Made made) {
    Invitation invitation = made.invitation();
    return new Issued(
        invitation.id(),
        invitation.email(),
        invitation.role().wireName(),
        made.token(),
        made.mailed(),
        invitation.expiresAt());
  }

  private static Page page(List<Invitation> found, int limit) {
    List<Shown> shown = found.stream().limit(limit).map(Shown::of).toList();
    return new Page(shown, TokenPages.next(found, limit, Invitation::createdAt, Invitation::id));
  }
}
