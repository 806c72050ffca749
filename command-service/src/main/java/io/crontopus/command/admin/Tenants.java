package io.crontopus.command.admin;

import io.crontopus.command.admin.TenantStore.Change;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.tenant.TenantRepositories;
import io.crontopus.command.user.FirstOwner;
import io.crontopus.command.user.FirstOwner.Invited;
import io.crontopus.identity.Role;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.identity.tenant.TenantState;
import io.crontopus.tenant.events.TenantAdministered;
import io.crontopus.tenant.events.TenantCreated;
import io.crontopus.tenant.events.TenantDeletionRequested;
import io.crontopus.tenant.events.TenantResumed;
import io.crontopus.tenant.events.TenantSuspended;
import io.crontopus.user.events.InvitationMade;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What operators do with tenants. Each thing is an event in the log of the tenant and one in the
 * platform's; what changes nothing is none. Not for an event loop.
 */
final class Tenants {

  private final TenantStore store;
  private final FirstOwner owners;
  private final TenantRepositories repositories;
  private final SuspendedTenants suspended;
  private final Facts facts;
  private final Duration grace;
  private final Clock clock;

  Tenants(
      TenantStore store,
      FirstOwner owners,
      TenantRepositories repositories,
      SuspendedTenants suspended,
      Facts facts,
      Duration grace,
      Clock clock) {
    this.store = store;
    this.owners = owners;
    this.repositories = repositories;
    this.suspended = suspended;
    this.facts = facts;
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Makes a tenant, and invites who is to own it. As long as nobody has joined it, this makes
   * another invitation, instead of one that got lost.
   *
   * @throws Problem 409 when its name, or the owner's name or address, is taken
   */
  Invited create(
      Operator operator, String tenantId, String username, String email, Duration lifetime) {
    Instant now = clock.instant();
    Invited invited =
        facts.recordInAll(
            operator.about(tenantId),
            () -> {
              if (!store.add(tenantId, now, operator.actor(), operator.reason())
                  && !store.isEmpty(tenantId)) {
                throw Problem.of(
                    HttpStatus.CONFLICT,
                    "tenant-exists",
                    "there is a tenant of this name, or was one: names are not given twice");
              }
              Invited made = owners.invite(tenantId, username, email, lifetime, now);
              return Outcome.of(
                  made,
                  new TenantCreated(tenantId, made.id(), operator.reason(), operator.actor(), now),
                  new InvitationMade(
                      tenantId,
                      made.id(),
                      Role.OWNER.wireName(),
                      made.expiresAt(),
                      operator.actor(),
                      now),
                  told(operator, tenantId, "create", null, now));
            });
    repositories.create(tenantId);
    return invited;
  }

  /**
   * Stops everything of a tenant; nothing is lost.
   *
   * @throws Problem 404 when there is no such tenant, 409 when it is being deleted
   */
  Tenant suspend(Operator operator, String tenantId) {
    Instant now = clock.instant();
    return change(
        operator,
        tenantId,
        state ->
            switch (state) {
              case SUSPENDED -> Outcome.of(false);
              case ACTIVE -> {
                to(TenantState.SUSPENDED, operator, tenantId, null, now);
                yield Outcome.of(
                    true,
                    new TenantSuspended(tenantId, operator.reason(), operator.actor(), now),
                    told(operator, tenantId, "suspend", null, now));
              }
              case DELETING, PURGING, PURGED -> throw conflict(tenantId, state);
            });
  }

  /**
   * Lets a tenant go on that was suspended, or deleted and not purged yet.
   *
   * @throws Problem 404 when there is no such tenant, 409 when it is too late
   */
  Tenant resume(Operator operator, String tenantId) {
    Instant now = clock.instant();
    return change(
        operator,
        tenantId,
        state ->
            switch (state) {
              case ACTIVE -> Outcome.of(false);
              case SUSPENDED, DELETING -> {
                to(TenantState.ACTIVE, operator, tenantId, null, now);
                yield Outcome.of(
                    true,
                    new TenantResumed(
                        tenantId,
                        operator.reason(),
                        state == TenantState.DELETING,
                        operator.actor(),
                        now),
                    told(operator, tenantId, "resume", null, now));
              }
              case PURGING, PURGED -> throw conflict(tenantId, state);
            });
  }

  /**
   * Has a suspended tenant's data removed when the time of grace is over.
   *
   * @throws Problem 404 when there is no such tenant, 409 when it is not suspended
   */
  Tenant delete(Operator operator, String tenantId) {
    Instant now = clock.instant();
    Instant purgeAfter = now.plus(grace);
    return change(
        operator,
        tenantId,
        state ->
            switch (state) {
              case DELETING -> Outcome.of(false);
              case SUSPENDED -> {
                to(TenantState.DELETING, operator, tenantId, purgeAfter, now);
                yield Outcome.of(
                    true,
                    new TenantDeletionRequested(
                        tenantId, operator.reason(), purgeAfter, operator.actor(), now),
                    told(operator, tenantId, "delete", purgeAfter, now));
              }
              case ACTIVE ->
                  throw Problem.of(
                      HttpStatus.CONFLICT,
                      "tenant-not-suspended",
                      "suspend " + tenantId + " first, and see that nobody misses it");
              case PURGING, PURGED -> throw conflict(tenantId, state);
            });
  }

  private interface Step {
    Outcome<Boolean> from(TenantState state);
  }

  private Tenant change(Operator operator, String tenantId, Step step) {
    facts.recordInAll(
        operator.about(tenantId),
        () -> step.from(store.lock(tenantId).orElseThrow(Tenants::missing)));
    // This node follows at once, the others within their next look.
    suspended.refresh();
    return store.find(tenantId).orElseThrow(Tenants::missing);
  }

  private void to(
      TenantState state,
      Operator operator,
      String tenantId,
      @Nullable Instant purgeAfter,
      Instant now) {
    store.change(tenantId, new Change(state, now, operator.actor(), operator.reason(), purgeAfter));
  }

  private static Facts.Told told(
      Operator operator,
      String tenantId,
      String action,
      @Nullable Instant purgeAfter,
      Instant now) {
    return new Facts.Told(
        operator.request(),
        new TenantAdministered(
            tenantId, action, operator.reason(), purgeAfter, operator.actor(), now));
  }

  private static Problem conflict(String tenantId, TenantState state) {
    return switch (state) {
      case DELETING ->
          Problem.of(
              HttpStatus.CONFLICT,
              "tenant-deleting",
              tenantId + " is being deleted; resume takes that back");
      case ACTIVE, SUSPENDED, PURGING, PURGED ->
          Problem.of(
              HttpStatus.CONFLICT,
              "tenant-purged",
              "the data of " + tenantId + " is being removed, or is gone: there is no way back");
    };
  }

  static Problem missing() {
    return Problem.notFound("tenant");
  }
}
