package io.crontopus.projection.processing;

import io.crontopus.eventstore.EventBatch;
import io.crontopus.projection.Projection;
import io.crontopus.projection.processing.Progress.Standing;
import io.crontopus.projection.processing.Rebuilds.Outcome;
import io.crontopus.projection.processing.Rebuilds.Phase;
import io.crontopus.projection.processing.Rebuilds.Rebuild;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out the rebuilds that operators asked for, on any node, a batch at a time: a node that
 * dies loses one batch, and another one goes on.
 */
final class RebuildProcessor implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(RebuildProcessor.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final long CLOSING_SECONDS = 10;

  private final Followed followed;
  private final Rebuilds rebuilds;
  private final Progress progress;
  private final ParkedEvents parked;
  private final NextTables tables;
  private final BatchApplier applier;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;
  private final Map<String, ReadAhead> readers = new HashMap<>();
  private final Thread thread =
      Thread.ofPlatform().name("projection-rebuilds").unstarted(this::run);
  private volatile boolean closed;

  RebuildProcessor(
      Followed followed, BatchApplier applier, JdbcClient jdbc, TransactionTemplate transaction) {
    this.followed = followed;
    this.rebuilds = new Rebuilds(jdbc);
    this.progress = new Progress(jdbc);
    this.parked = new ParkedEvents(jdbc);
    this.tables = new NextTables(jdbc);
    this.applier = applier;
    this.transaction = transaction;
    this.jdbc = jdbc;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readers.values().forEach(ReadAhead::close);
  }

  private void run() {
    while (!closed) {
      try {
        boolean worked = false;
        for (Rebuild rebuild : rebuilds.all()) {
          worked |= workOn(rebuild.name());
        }
        if (!worked) {
          Thread.sleep(LOOK_EVERY);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (closed || !rested(e)) {
          return;
        }
      }
    }
  }

  private boolean rested(RuntimeException failure) {
    logger.warn("rebuilds wait: {}", failure.toString());
    try {
      Thread.sleep(Pacing.LONGEST_RETRY);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean workOn(String name) throws InterruptedException {
    Optional<Projection> projection = followed.named(name);
    if (projection.isEmpty()) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(
          transaction.execute(
              status ->
                  rebuilds
                      .claim(name)
                      .map(rebuild -> step(projection.get(), rebuild))
                      .orElse(false)));
    } catch (RuntimeException e) {
      Optional.ofNullable(readers.get(name)).ifPresent(ReadAhead::forget);
      if (!closed && rebuilds.isOver(name)) {
        // Whoever gave it up has cancelled what was under way.
        logger.info("the rebuild of {} was given up", name);
      } else if (!closed) {
        rebuilds.hindered(name, e.toString());
        logger.warn("the rebuild of {} waits: {}", name, e.toString());
        Thread.sleep(Pacing.LONGEST_RETRY);
      }
      return false;
    }
  }

  private boolean step(Projection projection, Rebuild rebuild) {
    switch (rebuild.phase()) {
      case FILLING -> fill(projection, rebuild);
      case INDEXING -> index(projection, rebuild);
      case CATCHING_UP -> catchUp(projection, rebuild);
    }
    return true;
  }

  private void fill(Projection projection, Rebuild rebuild) {
    // a batch that is lost with its position comes again
    jdbc.sql("SET LOCAL synchronous_commit = off").update();
    Rebuild next = apply(projection, rebuild, read(projection, rebuild));
    rebuilds.store(next.position() >= rebuild.target() ? next.in(Phase.INDEXING) : next);
  }

  private void index(Projection projection, Rebuild rebuild) {
    if (!tables.makeAnIndex(projection.tables())) {
      tables.analyze(projection.tables());
      rebuilds.store(rebuild.in(Phase.CATCHING_UP));
    }
  }

  private void catchUp(Projection projection, Rebuild rebuild) {
    EventBatch batch = read(projection, rebuild);
    Rebuild next = apply(projection, rebuild, batch);
    if (!batch.more() && batch.upTo() >= followed.log(projection).head()) {
      takeOver(projection, next);
    } else {
      rebuilds.store(next);
    }
  }

  /**
   * From here until the commit the live projection waits: both are at the same event then. Another
   * node may have brought it further than this one knows, so the database is asked.
   */
  private void takeOver(Projection projection, Rebuild rebuild) {
    progress.await(projection.name());
    Rebuild last = rebuild;
    EventBatch batch = readStored(projection, last);
    while (batch.upTo() > last.position()) {
      last = apply(projection, last, batch);
      batch = readStored(projection, last);
    }
    tables.takeOver(projection.tables());
    parked.takeOver(projection.name());
    progress.store(new Standing(projection.name(), last.position(), last.parked()));
    rebuilds.end(projection.name(), Outcome.COMPLETED);
    logger.info("projection {} was rebuilt from {} events", projection.name(), last.events());
  }

  private Rebuild apply(Projection projection, Rebuild rebuild, EventBatch batch) {
    long parkedNow = applier.apply(projection, Target.REBUILD, batch.events(), rebuild.parked());
    return rebuild.at(batch.upTo(), batch.events().size(), parkedNow);
  }

  private EventBatch readStored(Projection projection, Rebuild rebuild) {
    return followed
        .log(projection)
        .read(rebuild.position(), ProjectionProcessor.names(projection), Pacing.REBUILD.batch());
  }

  private EventBatch read(Projection projection, Rebuild rebuild) {
    ReadAhead reader =
        readers.computeIfAbsent(
            projection.name(),
            _ ->
                new ReadAhead(
                    followed.log(projection),
                    ProjectionProcessor.names(projection),
                    Pacing.REBUILD.batch()));
    try {
      return reader.after(rebuild.position());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
