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
 * Gives a projection its events in the transaction of the caller: all at once, and in halves when
 * that fails, so that one bad event costs only its own sequence.
 *
 * <p>Its connections find the tables that serve by their search path; to set it each time, even to
 * what it is, would make the driver and PostgreSQL parse every statement anew.
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
    if (target != Target.LIVE) {
      sql.execute("SET LOCAL search_path = " + target.schema());
    }
    BatchChanges changes = new BatchChanges();
    long parkedNow =
        apply(
            projection, target, events, closed(projection, target, events, parkedBefore), changes);
    changes.write(sql);
    return parkedBefore + parkedNow;
  }

  /** Those of the batch's sequences of which an event is parked. */
  private Set<String> closed(
      Projection projection, Target target, List<StoredEvent> events, long parkedBefore) {
    if (parkedBefore == 0) {
      return new HashSet<>();
    }
    Set<String> sequences = new HashSet<>();
    events.forEach(event -> sequences.add(sequence(projection, event)));
    return parked.closed(projection.name(), target.isRebuild(), sequences);
  }

  /**
   * Gives the projection one event that was parked; null when it took it.
   *
   * @param changes gets what is to be told
   */
  @Nullable RuntimeException again(Projection projection, StoredEvent event, BatchChanges changes) {
    return attempt(projection, Target.LIVE, List.of(event), changes);
  }

  /** Tells those who watch, as the last thing before the commit. */
  void tell(BatchChanges changes) {
    changes.write(sql);
  }

  /**
   * Gives it those whose sequence is not closed and parks the others; returns how many it parked.
   */
  private long apply(
      Projection projection,
      Target target,
      List<StoredEvent> events,
      Set<String> closed,
      BatchChanges changes) {
    List<StoredEvent> open = events;
    long parkedNow = 0;
    if (!closed.isEmpty()) {
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
    RuntimeException failure = attempt(projection, target, open, changes);
    return failure == null
        ? parkedNow
        : parkedNow + divide(projection, target, open, failure, closed, changes);
  }

  /** Finds the bad ones by halves, in their order: one among thousands takes a dozen attempts. */
  private long divide(
      Projection projection,
      Target target,
      List<StoredEvent> events,
      RuntimeException failure,
      Set<String> closed,
      BatchChanges changes) {
    if (events.size() == 1) {
      StoredEvent bad = events.getFirst();
      String sequence = sequence(projection, bad);
      closed.add(sequence);
      parked.park(projection.name(), target.isRebuild(), sequence, bad, failure);
      log.error("projection {} parked {}", projection.name(), bad, failure);
      return 1;
    }
    log.debug(
        "projection {} could not take {} events at once ({}); they follow in halves",
        projection.name(),
        events.size(),
        failure.toString());
    int middle = events.size() / 2;
    return apply(projection, target, events.subList(0, middle), closed, changes)
        + apply(projection, target, events.subList(middle, events.size()), closed, changes);
  }

  private @Nullable RuntimeException attempt(
      Projection projection, Target target, List<StoredEvent> events, BatchChanges changes) {
    if (events.isEmpty()) {
      return null;
    }
    BatchChanges made = new BatchChanges();
    ChangeFeed feed = target.isRebuild() ? ChangeFeed.SILENT : made;
    try {
      savepoint.executeWithoutResult(
          status -> projection.apply(events, new ProjectionSession(jdbc, sql, feed)));
      changes.add(made);
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
