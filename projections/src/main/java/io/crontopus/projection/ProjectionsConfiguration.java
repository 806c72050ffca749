package io.crontopus.projection;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.projection.admin.AdminConfiguration;
import io.crontopus.projection.audit.AuditConfiguration;
import io.crontopus.projection.endpoint.EndpointProjection;
import io.crontopus.projection.endpoint.HeartbeatProjection;
import io.crontopus.projection.git.CommitProjection;
import io.crontopus.projection.health.HealthConfiguration;
import io.crontopus.projection.history.Timeline;
import io.crontopus.projection.job.JobProjection;
import io.crontopus.projection.live.ChangeFeedRetention;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionProcessors;
import io.crontopus.projection.run.RunProjection;
import io.crontopus.projection.usage.UsageConfiguration;
import io.crontopus.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the projections over the event streams that the process has. */
@Configuration(proxyBeanMethods = false)
@Import({
  WebConfiguration.class,
  AdminConfiguration.class,
  AuditConfiguration.class,
  HealthConfiguration.class,
  UsageConfiguration.class
})
public class ProjectionsConfiguration {

  @Bean(destroyMethod = "close")
  ProjectionProcessors projectionProcessors(
      EventStreams streams, @Qualifier("projectionDataSource") DataSource dataSource) {
    SchemaMigration.migrate(dataSource, "read_model");
    ProjectionProcessors processors =
        processors(streams, dataSource, new JdbcTransactionManager(dataSource));
    processors.start();
    return processors;
  }

  @Bean
  ProjectionAdmin projectionAdmin(ProjectionProcessors processors) {
    return processors.admin();
  }

  @Bean
  ProjectionMetrics projectionMetrics(ProjectionAdmin admin, MeterRegistry metrics) {
    return new ProjectionMetrics(admin, all().stream().map(Projection::name).toList(), metrics);
  }

  @Bean(destroyMethod = "close")
  ChangeFeedRetention changeFeedRetention(
      @Qualifier("projectionDataSource") DataSource dataSource,
      ProjectionProcessors afterMigration) {
    return ChangeFeedRetention.start(JdbcClient.create(dataSource));
  }

  @Bean(destroyMethod = "close")
  Timeline timeline(
      @Qualifier("projectionDataSource") DataSource dataSource,
      ProjectionProcessors afterMigration) {
    return Timeline.start(JdbcClient.create(dataSource), new JdbcTransactionManager(dataSource));
  }

  /** All projections, not started yet. */
  static ProjectionProcessors processors(
      EventStreams streams, DataSource dataSource, PlatformTransactionManager transactionManager) {
    return new ProjectionProcessors(streams, dataSource, transactionManager, all());
  }

  private static List<Projection> all() {
    return List.of(
        new RunProjection(),
        new EndpointProjection(),
        new JobProjection(),
        new CommitProjection(),
        new HeartbeatProjection());
  }
}
