package io.crontopus.command.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, as the API shows it to operators.
 *
 * @param purge how far the removal of its data is; null while there is none
 */
record TenantView(
    String id,
    String status,
    Instant statusSince,
    @Nullable String changedBy,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant purgeAfter,
    long users,
    long endpoints,
    long apiTokens,
    @Nullable PurgeView purge) {

  /**
   * The removal of a tenant's data.
   *
   * @param phase {@code settling}, {@code rows}, {@code events}, {@code remains} or {@code done}
   * @param events how many events were removed
   * @param eventsBefore how many there were
   * @param rows how many other rows were removed
   * @param problem why it does not go on; null when it does
   */
  record PurgeView(
      String phase,
      long events,
      long eventsBefore,
      long rows,
      Instant startedAt,
      Instant updatedAt,
      @Nullable Instant finishedAt,
      @Nullable String problem) {}

  static TenantView of(Tenant tenant, @Nullable PurgeView purge) {
    return new TenantView(
        tenant.id(),
        tenant.state().wireName(),
        tenant.since(),
        tenant.by(),
        tenant.reason(),
        tenant.createdAt(),
        tenant.purgeAfter(),
        tenant.users(),
        tenant.endpoints(),
        tenant.apiTokens(),
        purge);
  }
}
