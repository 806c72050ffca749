package io.crontopus.projection.processing;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.projection.Projection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets the projections follow their logs, and rebuilds them on demand. */
public final class ProjectionProcessors implements AutoCloseable {

  private final List<ProjectionProcessor> processors;
  private final RebuildProcessor rebuilds;
  private final ProjectionAdmin admin;

  /** Prepares the processors; {@link #start} lets them run. */
  public ProjectionProcessors(
      EventStreams streams,
      DataSource dataSource,
      PlatformTransactionManager transactionManager,
      List<Projection> projections) {
    Followed followed = new Followed(projections, streams);
    JdbcClient jdbc = JdbcClient.create(dataSource);
    TransactionTemplate transaction = new TransactionTemplate(transactionManager);
    BatchApplier applier = new BatchApplier(dataSource, transactionManager);
    processors =
        projections.stream()
            .map(
                projection ->
                    new ProjectionProcessor(
                        projection,
                        followed.log(projection),
                        new Progress(jdbc),
                        applier,
                        transaction))
            .toList();
    rebuilds = new RebuildProcessor(followed, applier, jdbc, transaction);
    admin = new ProjectionAdmin(followed, applier, jdbc, transaction);
  }

  /** Starts all processors. */
  public void start() {
    processors.forEach(ProjectionProcessor::start);
    rebuilds.start();
  }

  /** What operators see and do. */
  public ProjectionAdmin admin() {
    return admin;
  }

  @Override
  public void close() {
    processors.forEach(ProjectionProcessor::stop);
    rebuilds.close();
    processors.forEach(ProjectionProcessor::close);
  }
}
