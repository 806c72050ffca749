package io.crontopus.projection.processing;

import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.live.BatchChanges;
import io.crontopus.projection.live.ChangeFeed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a projection its events in the transaction of the caller: all at once, and one by one when
 * that fails, so that one bad event costs only its own sequence.
 *
 * <p>Everything happens inside savepoints: after an error PostgreSQL refuses whatever else the
 * transaction asks for.
 */
final class BatchApplier {

  private static final Logger log = LoggerFactory.getLogger(BatchApplier.class);

  private final JdbcTemplate sql;
  private final JdbcClient jdbc;
  private final ParkedEvents parked;
  private final TransactionTemplate savepoint;

  BatchApplier(DataSource dataSource, PlatformTransactionManager transactions) {
    sql = new JdbcTemplate(dataSource);
    jdbc = JdbcClient.create(sql);
    parked = new ParkedEvents(jdbc);
    savepoint = new TransactionTemplate(transactions);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /**
   * Applies events.
   *
   * @param target where the projection's tables are
   * @param parkedBefore how many events of it are parked already
   * @return how many are parked afterwards
   */
  long apply(Projection projection, Target target, List<StoredEvent> events, long parkedBefore) {
    if (events.isEmpty()) {
      return parkedBefore;
    }
    sql.execute("SET LOCAL search_path = " + target.schema());
    List<StoredEvent> open = events;
    long parkedNow = parkedBefore;
    if (parkedBefore > 0) {
      Set<String> closed = parked.sequences(projection.name(), target.isRebuild());
      open = new ArrayList<>(events.size());
      for (StoredEvent event : events) {
        String sequence = sequence(projection, event);
        if (closed.contains(sequence)) {
          parked.park(projection.name(), target.isRebuild(), sequence, event, null);
          parkedNow++;
        } else {
          open.add(event);
        }
      }
    }
    RuntimeException failure = attempt(projection, target, open);
    return failure == null ? parkedNow : parkedNow + oneByOne(projection, target, open, failure);
  }

  /** Gives the projection one event that was parked; null when it took it. */
  @Nullable RuntimeException again(Projection projection, StoredEvent event) {
    sql.execute("SET LOCAL search_path = " + Target.LIVE.schema());
    return attempt(projection, Target.LIVE, List.of(event));
  }

  private long oneByOne(
      Projection projection, Target target, List<StoredEvent> events, RuntimeException failure) {
    log.warn(
        "projection {} could not take {} events at once ({}); they follow one by one",
        projection.name(),
        events.size(),
        failure.toString());
    Set<String> closed = new HashSet<>();
    long newlyParked = 0;
    for (StoredEvent event : events) {
      String sequence = sequence(projection, event);
      RuntimeException cause =
          closed.contains(sequence) ? null : attempt(projection, target, List.of(event));
      if (cause != null || closed.contains(sequence)) {
        closed.add(sequence);
        parked.park(projection.name(), target.isRebuild(), sequence, event, cause);
        newlyParked++;
        log.error("projection {} parked {}", projection.name(), event, cause);
      }
    }
    return newlyParked;
  }

  private @Nullable RuntimeException attempt(
      Projection projection, Target target, List<StoredEvent> events) {
    if (events.isEmpty()) {
      return null;
    }
    try {
      savepoint.executeWithoutResult(
          status -> {
            BatchChanges changes = new BatchChanges();
            ChangeFeed feed = target.isRebuild() ? ChangeFeed.SILENT : changes;
            projection.apply(events, new ProjectionSession(jdbc, sql, feed));
            changes.write(sql);
          });
      return null;
    } catch (RuntimeException e) {
      if (Outage.is(e)) {
        throw e; // not the event's fault: the whole batch comes again
      }
      return e;
    }
  }

  /** An event that cannot even be read stays in order with its own stream. */
  private static String sequence(Projection projection, StoredEvent event) {
    try {
      return projection.sequenceOf(event);
    } catch (RuntimeException e) {
      return event.aggregateId();
    }
  }
}
