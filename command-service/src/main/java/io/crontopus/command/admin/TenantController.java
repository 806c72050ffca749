package io.crontopus.command.admin;

import io.crontopus.command.user.FirstOwner.Invited;
import io.crontopus.command.user.UserRules;
import io.crontopus.identity.Caller;
import io.crontopus.identity.tenant.TenantState;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TokenPages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** Tenants, for those who run the platform. Whatever changes one says why. */
@RestController
@RequestMapping("/api/admin/tenants")
class TenantController {

  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_NAME = 63;
  private static final int MOST_DAYS = 30;
  private static final int USUAL_DAYS = 7;

  private final Tenants tenants;
  private final TenantStore store;
  private final PurgeStore purges;
  private final BlockingWork blocking;

  TenantController(Tenants tenants, TenantStore store, PurgeStore purges, BlockingWork blocking) {
    this.tenants = tenants;
    this.store = store;
    this.purges = purges;
    this.blocking = blocking;
  }

  record CreateTenantRequest(
      @Nullable String slug,
      @Nullable String username,
      @Nullable String email,
      @Nullable Integer expiresInDays,
      @Nullable String reason) {}

  record ChangeTenantRequest(@Nullable String reason) {}

  /**
   * What is to be removed, and why.
   *
   * @param confirm the tenant's name once more
   */
  record DeleteTenantRequest(@Nullable String reason, @Nullable String confirm) {}

  /** An invitation of the first owner, to be handed over. */
  record OwnerInvitation(
      String id, String username, String email, String token, Instant expiresAt) {}

  record CreatedTenant(String id, String status, OwnerInvitation invitation) {}

  record TenantPage(List<TenantView> tenants, @Nullable String nextCursor) {}

  /** Tenants, the newest first. */
  @GetMapping
  Mono<TenantPage> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String status,
      Caller caller) {
    Callers.requireOperator(caller);
    TokenPages.Start start = TokenPages.start(limit, cursor);
    RequestCheck check = new RequestCheck();
    String part = check.optionalText("q", q == null || q.isEmpty() ? null : q, LONGEST_NAME);
    TenantState state = status == null ? null : TenantState.named(status).orElse(null);
    check.that(status == null || state != null, "status", "must be one of " + TenantState.names());
    check.done();
    return blocking
        .call(() -> store.list(limit + 1, start.beforeTime(), start.beforeId(), part, state))
        .map(found -> page(found, limit));
  }

  /** One tenant, and how far the removal of its data is. */
  @GetMapping("/{id}")
  Mono<TenantView> show(@PathVariable String id, Caller caller) {
    Callers.requireOperator(caller);
    String tenant = slug(id);
    return blocking.call(() -> view(store.find(tenant).orElseThrow(Tenants::missing)));
  }

  /** Makes a tenant; its first owner's invitation is in this answer and nowhere else. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Mono<CreatedTenant> create(
      @RequestBody CreateTenantRequest request, Caller caller, ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    RequestCheck check = new RequestCheck();
    String slug = UserRules.username(check, "/slug", request.slug());
    String username = UserRules.username(check, "/username", request.username());
    String email = UserRules.email(check, "/email", request.email());
    int days = check.number("/expires_in_days", request.expiresInDays(), 1, MOST_DAYS, USUAL_DAYS);
    Operator operator = operator(check, request.reason(), caller, exchange);
    check.done();
    return blocking
        .call(() -> tenants.create(operator, slug, username, email, Duration.ofDays(days)))
        .map(invited -> created(slug, username, email, invited));
  }

  /** Stops a tenant: nobody of it gets in, what is open ends, nothing is lost. */
  @PostMapping("/{id}/suspend")
  Mono<TenantView> suspend(
      @PathVariable String id,
      @RequestBody ChangeTenantRequest request,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    String tenant = slug(id);
    Operator operator = operator(request.reason(), caller, exchange);
    return blocking.call(() -> view(tenants.suspend(operator, tenant)));
  }

  /** Lets a tenant go on, also one that is deleted and still there. */
  @PostMapping("/{id}/resume")
  Mono<TenantView> resume(
      @PathVariable String id,
      @RequestBody ChangeTenantRequest request,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    String tenant = slug(id);
    Operator operator = operator(request.reason(), caller, exchange);
    return blocking.call(() -> view(tenants.resume(operator, tenant)));
  }

  /** Removes a suspended tenant with all that it has, after a time in which it can be resumed. */
  @PostMapping("/{id}/delete")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<TenantView> delete(
      @PathVariable String id,
      @RequestBody DeleteTenantRequest request,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    String tenant = slug(id);
    RequestCheck check = new RequestCheck();
    Operator operator = operator(check, request.reason(), caller, exchange);
    check.that(tenant.equals(request.confirm()), "/confirm", "must be the tenant's name");
    check.done();
    return blocking.call(() -> view(tenants.delete(operator, tenant)));
  }

  private static Operator operator(
      @Nullable String reason, Caller caller, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    Operator operator = operator(check, reason, caller, exchange);
    check.done();
    return operator;
  }

  private static Operator operator(
      RequestCheck check, @Nullable String reason, Caller caller, ServerWebExchange exchange) {
    return new Operator(Origin.of(caller, exchange), check.text("/reason", reason, LONGEST_REASON));
  }

  /** What cannot be a tenant's name names none. */
  private static String slug(String id) {
    if (!UserRules.isName(id)) {
      throw Problem.notFound("tenant");
    }
    return id;
  }

  private TenantView view(Tenant tenant) {
    return TenantView.of(tenant, purges.progress(tenant.id()).orElse(null));
  }

  private static CreatedTenant created(
      String slug, String username, String email, Invited invited) {
    return new CreatedTenant(
        slug,
        TenantState.ACTIVE.wireName(),
        new OwnerInvitation(invited.id(), username, email, invited.token(), invited.expiresAt()));
  }

  private static TenantPage page(List<Tenant> found, int limit) {
    List<TenantView> shown =
        found.stream().limit(limit).map(tenant -> TenantView.of(tenant, null)).toList();
    return new TenantPage(shown, TokenPages.next(found, limit, Tenant::createdAt, Tenant::id));
  }
}
