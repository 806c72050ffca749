package io.crontopus.web.usage;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts on this node, for a number of tenants that is bounded: those beyond are not counted until
 * some of the others were quiet for a while. Counters only grow; what was handed on is remembered
 * beside them, so that nothing is lost between counting and handing on.
 */
public final class UsageCounters {

  private static final int MOST_TENANTS = 20_000;
  private static final int QUIET_ROUNDS = 3;

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  /** Taken out of use; whoever found one just before may count in it a last time. */
  private Map<String, Counter> leaving = new HashMap<>();

  private final LongAdder uncounted = new LongAdder();

  private static final class Counter {
    private final LongAdder apiCalls = new LongAdder();
    private final LongAdder checkIns = new LongAdder();
    private final LongAdder heartbeats = new LongAdder();
    private Usage handedOn = new Usage(0, 0, 0);
    private int quiet;

    Usage sum() {
      return new Usage(apiCalls.sum(), checkIns.sum(), heartbeats.sum());
    }
  }

  /** A request with a credential of this tenant. */
  public void apiCall(String tenantId) {
    add(tenantId, counter -> counter.apiCalls, 1);
  }

  /** A check-in of this tenant was taken. */
  public void checkIn(String tenantId) {
    add(tenantId, counter -> counter.checkIns, 1);
  }

  /** Signs of life of this tenant's endpoints were stored. */
  public void heartbeats(String tenantId, long count) {
    add(tenantId, counter -> counter.heartbeats, count);
  }

  /** How much could not be counted because there were too many tenants. */
  public long uncounted() {
    return uncounted.sum();
  }

  /**
   * Hands on what has come since the last time, by tenant. When the consumer throws, it will be
   * handed on the next time. For one thread at a time.
   */
  public synchronized void drain(Consumer<Map<String, Usage>> consumer) {
    Map<Counter, Usage> sums = new HashMap<>();
    Map<String, Usage> news = new HashMap<>();
    look(leaving, sums, news);
    look(counters, sums, news);
    if (!news.isEmpty()) {
      consumer.accept(news);
      sums.forEach((counter, sum) -> counter.handedOn = sum);
    }
    leaving = new HashMap<>();
    counters.forEach(
        (tenant, counter) -> {
          if (counter.quiet > QUIET_ROUNDS) {
            leaving.put(tenant, counter);
            counters.remove(tenant, counter);
          }
        });
  }

  private static void look(
      Map<String, Counter> counters, Map<Counter, Usage> sums, Map<String, Usage> news) {
    counters.forEach(
        (tenant, counter) -> {
          Usage sum = counter.sum();
          Usage fresh = sum.minus(counter.handedOn);
          counter.quiet = fresh.isNothing() ? counter.quiet + 1 : 0;
          if (!fresh.isNothing()) {
            sums.put(counter, sum);
            news.merge(tenant, fresh, Usage::plus);
          }
        });
  }

  private void add(String tenantId, Function<Counter, LongAdder> which, long count) {
    @Nullable Counter counter = counters.get(tenantId);
    if (counter == null) {
      if (counters.size() >= MOST_TENANTS) {
        uncounted.add(count);
        return;
      }
      counter = counters.computeIfAbsent(tenantId, _ -> new Counter());
    }
    which.apply(counter).add(count);
  }
}
