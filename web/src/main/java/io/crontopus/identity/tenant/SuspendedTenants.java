package io.crontopus.identity.tenant;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tenants that operators have stopped, as this node knows them: asked for all at once, several
 * times a second, so that no request waits for the database and each node follows within a fraction
 * of a second. When the database does not answer, what was known goes on to count.
 */
public final class SuspendedTenants implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SuspendedTenants.class);
  private static final Duration EVERY = Duration.ofMillis(250);

  private final JdbcClient jdbc;
  private final List<Consumer<Set<String>>> watchers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("suspended-tenants").daemon().factory());
  private volatile Set<String> known = Set.of();
  private boolean failing;

  private SuspendedTenants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Knows them when this returns, and follows until closed. */
  public static SuspendedTenants start(JdbcClient jdbc) {
    SuspendedTenants tenants = new SuspendedTenants(jdbc);
    tenants.refresh();
    var _ =
        tenants.timer.scheduleWithFixedDelay(
            tenants::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return tenants;
  }

  /** Whether nothing of this tenant is to be served. Asks nobody. */
  public boolean contains(String tenantId) {
    return known.contains(tenantId);
  }

  /**
   * Tells those that are suspended whenever it has looked and there are any: also again and again,
   * so that what was opened with a credential that was looked up just before ends as well.
   */
  public void watch(Consumer<Set<String>> watcher) {
    watchers.add(watcher);
  }

  /** Looks now. Not for an event loop. */
  public synchronized void refresh() {
    Set<String> found =
        Set.copyOf(
            jdbc.sql(
                    """
                    SELECT tenant_id FROM identity.suspended_tenants() AS t (tenant_id)
                    """)
                .query(String.class)
                .list());
    known = found;
    if (!found.isEmpty()) {
      watchers.forEach(watcher -> watcher.accept(found));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void look() {
    try {
      refresh();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing && !timer.isShutdown()) {
        log.warn("which tenants are suspended is not known anew: {}", e.getMessage());
      }
      failing = true;
    }
  }
}
