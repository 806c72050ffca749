package io.crontopus.command.run.intake;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes commands about runs and gets them into the log in groups: one transaction for all that came
 * while the one before was committed. Each is decided by itself and answered after the commit.
 *
 * <p>Commands for one job go through one lane, in their order, so that one node is never in
 * conflict with itself over a job's runs; between nodes the key of the log decides.
 */
public final class RunIntake implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunIntake.class);
  private static final long RETRY_AFTER_SECONDS = 1;

  private final IntakeSettings settings;
  private final IntakeMetrics metrics;
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<Lane> lanes = new ArrayList<>();

  private RunIntake(IntakeSettings settings, MeterRegistry registry) {
    this.settings = settings;
    this.metrics = new IntakeMetrics(registry, waiting);
  }

  /** Starts to take commands, until closed. */
  public static RunIntake start(
      DataSource dataSource,
      EventStreams streams,
      TransactionOperations transactions,
      IntakeSettings settings,
      MeterRegistry registry,
      Clock clock) {
    RunIntake intake = new RunIntake(settings, registry);
    GroupCommit commit =
        new GroupCommit(
            new RunTables(dataSource, streams.serializer()),
            streams.domainLog(),
            transactions,
            clock,
            intake.metrics,
            settings.patience());
    for (int i = 0; i < settings.lanes(); i++) {
      intake.lanes.add(new Lane(i, commit, settings, intake.metrics, intake::answer));
    }
    intake.lanes.forEach(Lane::start);
    return intake;
  }

  /**
   * Takes all of these, or none. Does not block.
   *
   * @throws Problem 503 when there is no room for them
   */
  public void take(List<? extends RunCommand> commands) {
    int count = commands.size();
    if (waiting.addAndGet(count) > settings.waiting() && !isAlone(count)) {
      waiting.addAndGet(-count);
      metrics.turnedAway(count);
      throw Problem.overloaded(RETRY_AFTER_SECONDS);
    }
    long now = System.nanoTime();
    for (RunCommand command : commands) {
      lanes
          .get(Math.floorMod(command.job().hashCode(), lanes.size()))
          .add(new Waiting(command, now));
    }
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }

  /** A request that is larger than all the room there is goes through when nothing else waits. */
  private boolean isAlone(int count) {
    return waiting.get() == count;
  }

  private void answer(List<Waiting> done) {
    long now = System.nanoTime();
    waiting.addAndGet(-done.size());
    for (Waiting one : done) {
      if (one.isAccepted()) {
        metrics.durable(now - one.since());
      }
      tell(one);
    }
  }

  private static void tell(Waiting one) {
    try {
      one.tell();
    } catch (RuntimeException e) {
      log.warn("the outcome of a check-in could not be told", e);
    }
  }
}
