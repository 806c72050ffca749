package io.crontopus.projection;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.projection.endpoint.EndpointProjection;
import io.crontopus.projection.endpoint.EndpointTable;
import io.crontopus.projection.endpoint.HeartbeatProjection;
import io.crontopus.projection.endpoint.JobInstanceTable;
import io.crontopus.projection.git.CommitProjection;
import io.crontopus.projection.job.JobProjection;
import io.crontopus.projection.live.ChangeFeed;
import io.crontopus.projection.live.ChangeFeedRetention;
import io.crontopus.projection.run.RunProjection;
import io.crontopus.projection.run.RunTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the projections over the event streams that the process has. */
@Configuration(proxyBeanMethods = false)
public class ProjectionsConfiguration {

  @Bean(destroyMethod = "close")
  ProjectionProcessors projectionProcessors(
      EventStreams streams, DataSource dataSource, PlatformTransactionManager transactionManager) {
    SchemaMigration.migrate(dataSource, "read_model");
    ProjectionProcessors processors = processors(streams, dataSource, transactionManager);
    processors.start();
    return processors;
  }

  @Bean
  ProjectionMetrics projectionMetrics(ProjectionProcessors processors, MeterRegistry metrics) {
    return new ProjectionMetrics(processors, metrics);
  }

  @Bean(destroyMethod = "close")
  ChangeFeedRetention changeFeedRetention(
      DataSource dataSource, ProjectionProcessors afterMigration) {
    return ChangeFeedRetention.start(new ChangeFeed(JdbcClient.create(dataSource)));
  }

  /** All projections, not started yet. */
  static ProjectionProcessors processors(
      EventStreams streams, DataSource dataSource, PlatformTransactionManager transactionManager) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    ChangeFeed changes = new ChangeFeed(jdbc);
    return new ProjectionProcessors(
        streams,
        transactionManager,
        List.of(
            new RunProjection(new RunTable(jdbc), changes),
            new EndpointProjection(new EndpointTable(jdbc), new JobInstanceTable(jdbc), changes),
            new JobProjection(jdbc, changes),
            new CommitProjection(jdbc)),
        List.of(new HeartbeatProjection(new NamedParameterJdbcTemplate(dataSource))));
  }
}
