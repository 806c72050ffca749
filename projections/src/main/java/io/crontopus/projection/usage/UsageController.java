package io.crontopus.projection.usage;

import io.crontopus.identity.Caller;
import io.crontopus.projection.usage.UsageStore.After;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Cursor;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What tenants use, for those who run the platform. */
@RestController
@RequestMapping("/api/admin/usage")
class UsageController {

  private static final int MOST = 1_000;
  private static final int LONGEST_NAME = 63;
  private static final int USUAL_DAYS = 30;
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private final UsageStore store;
  private final BlockingWork blocking;
  private final Clock clock;

  UsageController(UsageStore store, BlockingWork blocking, Clock clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  record UsagePage(List<TenantDay> usage, @Nullable String nextCursor) {}

  /** Each tenant's days, the newest first: from a day to another one, both included. */
  @GetMapping
  Mono<UsagePage> usage(
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String tenant,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.requireOperator(caller);
    RequestCheck check = new RequestCheck();
    check.that(limit >= 1 && limit <= MOST, "limit", "must be between 1 and " + MOST);
    LocalDate last = day(check, "to", to, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    LocalDate first = day(check, "from", from, last.minusDays(USUAL_DAYS));
    check.that(!first.isAfter(last), "from", "must not be later than to");
    String name =
        check.optionalText(
            "tenant", tenant == null || tenant.isEmpty() ? null : tenant, LONGEST_NAME);
    check.done();
    After after = after(Cursor.decode(cursor, 2));
    return blocking
        .call(() -> store.list(first, last, name, limit + 1, after))
        .map(found -> page(found, limit));
  }

  private static LocalDate day(
      RequestCheck check, String name, @Nullable String text, LocalDate otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      LocalDate day = day(text);
      if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
        return day;
      }
    } catch (DateTimeException e) {
      // told below
    }
    check.error(name, "must be a day such as 2026-01-31, or a time on it");
    return otherwise;
  }

  private static LocalDate day(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text)
        : LocalDate.ofInstant(OffsetDateTime.parse(text).toInstant(), ZoneOffset.UTC);
  }

  private static @Nullable After after(@Nullable Cursor cursor) {
    if (cursor == null) {
      return null;
    }
    String tenant = cursor.keys().getLast();
    try {
      LocalDate day = LocalDate.parse(cursor.keys().getFirst());
      if (!day.isBefore(FIRST)
          && !day.isAfter(LAST)
          && tenant.chars().noneMatch(Character::isISOControl)) {
        return new After(day, tenant);
      }
    } catch (DateTimeException e) {
      // told below, like every other cursor that is not ours
    }
    throw Problem.invalid("cursor", "not a cursor of this list");
  }

  private static UsagePage page(List<TenantDay> found, int limit) {
    if (found.size() <= limit) {
      return new UsagePage(found, null);
    }
    TenantDay last = found.get(limit - 1);
    return new UsagePage(
        found.subList(0, limit), Cursor.after(last.day(), last.tenantId()).encode());
  }
}
