package io.crontopus.command.admin;

import io.crontopus.command.admin.PurgeStore.Phase;
import io.crontopus.command.admin.PurgeStore.Purge;
import io.crontopus.command.admin.TenantStore.Change;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.identity.tenant.TenantState;
import io.crontopus.tenant.events.TenantAdministered;
import io.crontopus.web.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what tenants have that were deleted, when their time of grace is over: on a thread of its
 * own, in small transactions that each note how far it has come. Every node does it; they take
 * turns, and one that is killed costs the others one transaction.
 */
final class Purges implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Purges.class);
  private static final String PLATFORM = "system";

  private final PurgeStore store;
  private final TenantStore tenants;
  private final TenantData data;
  private final GitRepositories repositories;
  private final Facts facts;
  private final TenantSettings settings;
  private final Clock clock;
  private final Thread thread = Thread.ofVirtual().name("tenant-purges").unstarted(this::run);

  Purges(
      PurgeStore store,
      TenantStore tenants,
      TenantData data,
      GitRepositories repositories,
      Facts facts,
      TenantSettings settings,
      Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.data = data;
    this.repositories = repositories;
    this.facts = facts;
    this.settings = settings;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        try {
          while (begin().isPresent()) {
            // and the next one
          }
          removeRepositories();
          boolean worked = false;
          for (Purge purge : store.open()) {
            worked |= workOn(purge);
          }
          Thread.sleep(worked ? settings.purgePause() : settings.purgeLook());
        } catch (RuntimeException e) {
          log.warn("the removal of tenants waits: {}", e.toString());
          Thread.sleep(settings.purgeLook());
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** From here on there is no way back. */
  private Optional<String> begin() {
    Instant now = clock.instant();
    Optional<String> begun =
        facts.recordInAll(
            Origin.system(""),
            () -> {
              Optional<String> due = data.isComplete() ? store.due(now) : Optional.empty();
              if (due.isEmpty()) {
                return Outcome.of(due);
              }
              String tenantId = due.get();
              Tenant tenant = tenants.find(tenantId).orElseThrow();
              String reason = tenant.reason() == null ? "" : tenant.reason();
              tenants.change(
                  tenantId, new Change(TenantState.PURGING, now, PLATFORM, reason, null));
              store.begin(tenantId, now);
              return Outcome.of(due, told(tenantId, "purge", reason, now));
            });
    begun.ifPresent(tenantId -> log.info("the data of tenant {} is being removed", tenantId));
    return begun;
  }

  /** Takes a step; whether the next one can follow at once. */
  private boolean workOn(Purge purge) {
    try {
      return step(purge);
    } catch (RuntimeException e) {
      log.warn("the removal of tenant {} waits: {}", purge.tenantId(), e.toString());
      store.hindered(purge.tenantId(), e.toString());
      return false;
    }
  }

  private boolean step(Purge purge) {
    String tenantId = purge.tenantId();
    return switch (purge.phase()) {
      case SETTLING -> settle(purge);
      case ROWS ->
          data.removeRows(tenantId, settings.purgeBatch(), noting(purge))
              || enter(purge, Phase.EVENTS);
      case EVENTS -> {
        data.forgetLog(tenantId);
        yield data.removeEvents(tenantId, settings.purgeBatch(), noting(purge))
            || enter(purge, Phase.REMAINS);
      }
      case REMAINS -> remains(purge);
      case DONE -> false;
    };
  }

  /** What was written last before the tenant was stopped has to have arrived everywhere. */
  private boolean settle(Purge purge) {
    if (!waited(purge)) {
      return false;
    }
    store.found(purge.tenantId(), data.events(purge.tenantId()));
    return enter(purge, Phase.ROWS);
  }

  /**
   * Looks at everything once more: a request that was under way while the tenant was stopped may
   * have written, and a rebuild may have read what is gone by now.
   */
  private boolean remains(Purge purge) {
    if (!waited(purge)) {
      return false;
    }
    String tenantId = purge.tenantId();
    int most = settings.purgeBatch();
    return data.removeEvents(tenantId, most, noting(purge))
        || data.removeNodes(tenantId, most, noting(purge))
        || data.removeRows(tenantId, most, noting(purge))
        || finish(purge);
  }

  /** Waits for those who follow the log to come where it ends when this is first asked. */
  private boolean waited(Purge purge) {
    Long position = purge.position();
    if (position == null) {
      store.waitFor(purge.tenantId(), data.head());
      return false;
    }
    Optional<String> behind = data.behind(position);
    behind.ifPresent(why -> store.hindered(purge.tenantId(), "waits: " + why));
    return behind.isEmpty();
  }

  private boolean enter(Purge purge, Phase next) {
    store.enter(purge, next, clock.instant());
    return true;
  }

  private boolean finish(Purge purge) {
    String tenantId = purge.tenantId();
    Instant now = clock.instant();
    boolean finished =
        facts.recordInAll(
            Origin.system(""),
            () -> {
              if (!store.claim(purge)) {
                return Outcome.of(false);
              }
              Tenant tenant = tenants.find(tenantId).orElseThrow();
              tenants.change(
                  tenantId,
                  new Change(
                      TenantState.PURGED,
                      now,
                      PLATFORM,
                      tenant.reason() == null ? "" : tenant.reason(),
                      null));
              store.enter(purge, Phase.DONE, now);
              TenantView.PurgeView done = store.progress(tenantId).orElseThrow();
              return Outcome.of(
                  true,
                  told(
                      tenantId,
                      "purged",
                      done.events() + " events and " + done.rows() + " rows were removed",
                      now));
            });
    if (finished) {
      log.info("the data of tenant {} is gone", tenantId);
    }
    return finished;
  }

  /** Each node sees to the disk that it has: usually it is one for all. */
  private void removeRepositories() {
    List<String> here = repositories.tenants();
    if (!here.isEmpty()) {
      store.goneAmong(here).forEach(repositories::remove);
    }
    repositories.removeRemains();
  }

  private PurgeNoting noting(Purge purge) {
    return new PurgeNoting(purge);
  }

  private final class PurgeNoting implements TenantData.Noting {
    private final Purge purge;

    PurgeNoting(Purge purge) {
      this.purge = purge;
    }

    @Override
    public boolean claimed() {
      return store.claim(purge);
    }

    @Override
    public void removed(long events, long rows) {
      if (events + rows > 0) {
        store.removed(purge.tenantId(), events, rows, clock.instant());
      }
    }
  }

  private static TenantAdministered told(
      String tenantId, String action, String reason, Instant now) {
    return new TenantAdministered(tenantId, action, reason, null, PLATFORM, now);
  }
}
