package io.crontopus.projection.usage;

import io.crontopus.projection.processing.ProjectionProcessors;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.usage.RepositorySizes;
import io.crontopus.web.usage.UsageCounters;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the usage of tenants. */
@Configuration(proxyBeanMethods = false)
public class UsageConfiguration {

  @Bean
  UsageStore usageStore(DataSource dataSource, ProjectionProcessors afterMigration) {
    return new UsageStore(JdbcClient.create(dataSource));
  }

  @Bean(destroyMethod = "close")
  UsageRecorder usageRecorder(
      UsageCounters counters,
      UsageStore store,
      DataSource dataSource,
      PlatformTransactionManager transactions,
      ObjectProvider<RepositorySizes> repositories,
      @Value("${crontopus.usage.add-every:5s}") Duration addEvery,
      @Value("${crontopus.usage.measure-every:5m}") Duration measureEvery,
      Clock clock) {
    UsageMeasure measure =
        new UsageMeasure(
            JdbcClient.create(dataSource),
            new TransactionTemplate(transactions),
            repositories.getIfAvailable(),
            measureEvery,
            clock);
    return UsageRecorder.start(counters, store, measure, addEvery, clock);
  }

  @Bean
  UsageController usageController(UsageStore store, BlockingWork blocking, Clock clock) {
    return new UsageController(store, blocking, clock);
  }
}
