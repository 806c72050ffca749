package io.crontopus.projection.processing;

import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.projection.Projection;
import io.crontopus.projection.live.BatchChanges;
import io.crontopus.projection.processing.Progress.Standing;
import io.crontopus.projection.processing.Rebuilds.Ended;
import io.crontopus.projection.processing.Rebuilds.Outcome;
import io.crontopus.projection.processing.Rebuilds.Rebuild;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators see of the projections, and what they may do with them. */
public final class ProjectionAdmin {

  /**
   * A projection.
   *
   * @param position the position of the log up to which it took its events
   * @param head the newest position of its log
   * @param parked how many events it could not take
   * @param rebuildable whether it can be filled anew
   * @param rebuild the rebuild that is under way
   * @param lastRebuild the last one that is over; null when there was none
   */
  public record Status(
      String name,
      long position,
      long head,
      long parked,
      boolean rebuildable,
      @Nullable RebuildStatus rebuild,
      @Nullable LastRebuild lastRebuild) {}

  /**
   * A rebuild that is over.
   *
   * @param outcome {@code completed} or {@code aborted}
   */
  public record LastRebuild(String outcome, Instant startedAt, Instant endedAt) {}

  /**
   * A rebuild.
   *
   * @param phase {@code filling}, {@code indexing} or {@code catching_up}
   * @param target the newest position when it began
   * @param events how many events it took
   * @param progress which part of its work is done, of all phases, from 0 to 1
   * @param problem why it does not go on; null when it does
   */
  public record RebuildStatus(
      String phase,
      long position,
      long target,
      long events,
      long parked,
      double progress,
      String requestedBy,
      Instant startedAt,
      @Nullable String problem) {}

  /**
   * An event that a projection could not take, or that follows one.
   *
   * @param sequence what it has to stay in order with
   * @param cause why; null when it only waits for an earlier one
   */
  public record DeadLetter(
      long id,
      String sequence,
      long position,
      String eventId,
      String eventName,
      @Nullable String cause,
      Instant parkedAt,
      int attempts,
      Instant lastAttemptAt) {}

  /**
   * What became of a retry.
   *
   * @param taken how many parked events of the sequence were taken
   * @param left how many are still parked
   * @param cause why it stopped; null when all were taken
   */
  public record Retried(int taken, int left, @Nullable String cause) {}

  private final Followed followed;
  private final BatchApplier applier;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Progress progress;
  private final Rebuilds rebuilds;
  private final RebuildSeizure seizure;
  private final ParkedEvents parked;
  private final NextTables tables;

  ProjectionAdmin(
      Followed followed, BatchApplier applier, JdbcClient jdbc, TransactionTemplate transaction) {
    this.followed = followed;
    this.applier = applier;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.progress = new Progress(jdbc);
    this.rebuilds = new Rebuilds(jdbc);
    this.seizure = new RebuildSeizure(rebuilds, jdbc, transaction);
    this.parked = new ParkedEvents(jdbc);
    this.tables = new NextTables(jdbc);
  }

  /** All projections, by name. */
  public List<Status> list() {
    Map<String, Standing> standings =
        progress.all().stream().collect(Collectors.toMap(Standing::name, Function.identity()));
    Map<String, Rebuild> underWay =
        rebuilds.all().stream().collect(Collectors.toMap(Rebuild::name, Function.identity()));
    Map<String, Ended> ended = rebuilds.ended();
    return followed.projections().stream()
        .map(projection -> status(projection, standings, underWay, ended))
        .sorted(java.util.Comparator.comparing(Status::name))
        .toList();
  }

  /** One projection; empty when none has this name. */
  public Optional<Status> find(String name) {
    return list().stream().filter(status -> status.name().equals(name)).findFirst();
  }

  /**
   * Lets a projection be filled anew, from the beginning of its log, while the rows that are there
   * go on to serve.
   *
   * @return false when a rebuild is under way already
   * @throws IllegalArgumentException when it has no tables of its own
   */
  public boolean rebuild(String name, String requestedBy) {
    Projection projection = projection(name);
    if (projection.tables().isEmpty()) {
      throw new IllegalArgumentException("projection " + name + " cannot be rebuilt");
    }
    long target = followed.log(projection).head();
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              if (!rebuilds.begin(name, target, requestedBy)) {
                return false;
              }
              parked.forget(name, true);
              tables.create(projection.tables());
              return true;
            }));
  }

  /**
   * Gives a rebuild up at once, whatever it is doing; what serves is untouched. False when none is
   * under way.
   */
  public boolean abort(String name) {
    Projection projection = projection(name);
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              if (seizure.seize(name).isEmpty()) {
                return false;
              }
              rebuilds.end(name, Outcome.ABORTED);
              parked.forget(name, true);
              tables.drop(projection.tables());
              return true;
            }));
  }

  /** A projection's parked events in the order of the log, after this position. */
  public List<DeadLetter> deadLetters(String name, long afterPosition, int most) {
    return letters("AND position > ? ORDER BY position LIMIT ?", name, afterPosition, most);
  }

  /** One parked event. */
  public Optional<DeadLetter> deadLetter(String name, long id) {
    return letters("AND id = ?", name, id).stream().findFirst();
  }

  /** The event of a dead letter as it was stored; empty when its log holds it no more. */
  public Optional<StoredEvent> event(String name, DeadLetter letter) {
    return eventAt(projection(name), letter.position());
  }

  /** Gives the projection the parked events of this letter's sequence again, in order. */
  public Optional<Retried> retry(String name, long id) {
    Projection projection = projection(name);
    return deadLetter(name, id)
        .map(
            letter ->
                Objects.requireNonNull(
                    transaction.execute(status -> retry(projection, letter.sequence()))));
  }

  /** Gives up on one parked event; those that follow it stay parked until they are retried. */
  public boolean drop(String name, long id) {
    projection(name);
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              Standing standing = progress.await(name);
              return deadLetter(name, id)
                  .map(
                      letter -> {
                        parked.remove(name, letter.position());
                        progress.store(
                            new Standing(name, standing.position(), standing.parked() - 1));
                        return true;
                      })
                  .orElse(false);
            }));
  }

  private Retried retry(Projection projection, String sequence) {
    String name = projection.name();
    Standing standing = progress.await(name);
    List<Long> positions = parked.positions(name, sequence);
    BatchChanges changes = new BatchChanges();
    int taken = 0;
    @Nullable String cause = null;
    for (long position : positions) {
      RuntimeException failure = again(projection, position, changes);
      if (failure != null) {
        parked.failedAgain(name, position, failure);
        cause = String.valueOf(failure.getMessage());
        break;
      }
      parked.remove(name, position);
      taken++;
    }
    applier.tell(changes);
    progress.store(new Standing(name, standing.position(), standing.parked() - taken));
    return new Retried(taken, positions.size() - taken, cause);
  }

  private @Nullable RuntimeException again(
      Projection projection, long position, BatchChanges changes) {
    Optional<StoredEvent> event = eventAt(projection, position);
    return event.isPresent()
        ? applier.again(projection, event.get(), changes)
        : new IllegalStateException("the log holds this event no more");
  }

  private Optional<StoredEvent> eventAt(Projection projection, long position) {
    EventBatch batch =
        followed.log(projection).read(position - 1, ProjectionProcessor.names(projection), 1);
    return batch.events().stream().filter(event -> event.position() == position).findFirst();
  }

  private Projection projection(String name) {
    return followed
        .named(name)
        .orElseThrow(() -> new IllegalArgumentException("no projection is named " + name));
  }

  private Status status(
      Projection projection,
      Map<String, Standing> standings,
      Map<String, Rebuild> underWay,
      Map<String, Ended> allEnded) {
    Standing standing =
        standings.getOrDefault(projection.name(), new Standing(projection.name(), 0, 0));
    long head = followed.log(projection).head();
    Rebuild rebuild = underWay.get(projection.name());
    Ended ended = allEnded.get(projection.name());
    return new Status(
        projection.name(),
        standing.position(),
        head,
        standing.parked(),
        !projection.tables().isEmpty(),
        rebuild == null
            ? null
            : new RebuildStatus(
                rebuild.phase().wireName(),
                rebuild.position(),
                rebuild.target(),
                rebuild.events(),
                rebuild.parked(),
                progress(projection, rebuild, head),
                rebuild.requestedBy(),
                rebuild.startedAt(),
                rebuild.problem()),
        ended == null
            ? null
            : new LastRebuild(ended.outcome(), ended.startedAt(), ended.endedAt()));
  }

  private double progress(Projection projection, Rebuild rebuild, long head) {
    double done =
        switch (rebuild.phase()) {
          case FILLING -> part(rebuild.position(), rebuild.target());
          case INDEXING -> tables.indexed(projection.tables());
          case CATCHING_UP -> part(rebuild.position() - rebuild.target(), head - rebuild.target());
        };
    return rebuild.phase().progress(done);
  }

  private static double part(long done, long all) {
    return all <= 0 ? 1 : (double) done / all;
  }

  private List<DeadLetter> letters(String rest, String name, Object... parameters) {
    Object[] all = new Object[parameters.length + 1];
    all[0] = name;
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    return jdbc.sql(
            """
            SELECT id, sequence, position, event_id, event_name, cause, parked_at, attempts, last_attempt_at
            FROM read_model.dead_letter WHERE projection = ? AND NOT rebuild
            """
                + rest)
        .params(all)
        .query(
            (row, n) ->
                new DeadLetter(
                    row.getLong("id"),
                    row.getString("sequence"),
                    row.getLong("position"),
                    row.getString("event_id"),
                    row.getString("event_name"),
                    row.getString("cause"),
                    row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                    row.getInt("attempts"),
                    row.getObject("last_attempt_at", OffsetDateTime.class).toInstant()))
        .list();
  }
}
