package io.crontopus.projection.usage;

import io.crontopus.identity.TenantDatabase;
import io.crontopus.projection.processing.ProjectionProcessors;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.usage.RepositorySizes;
import io.crontopus.web.usage.UsageCounters;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the usage of tenants. */
@Configuration(proxyBeanMethods = false)
public class UsageConfiguration {

  @Bean
  UsageStore usageStore(TenantDatabase database, ProjectionProcessors afterMigration) {
    return new UsageStore(database);
  }

  @Bean(destroyMethod = "close")
  UsageRecorder usageRecorder(
      UsageCounters counters,
      UsageStore store,
      TenantDatabase database,
      ObjectProvider<RepositorySizes> repositories,
      @Value("${crontopus.usage.add-every:5s}") Duration addEvery,
      @Value("${crontopus.usage.measure-every:5m}") Duration measureEvery,
      Clock clock) {
    UsageMeasure measure =
        new UsageMeasure(database, repositories.getIfAvailable(), measureEvery, clock);
    return UsageRecorder.start(counters, store, measure, addEvery, clock);
  }

  @Bean
  UsageController usageController(UsageStore store, BlockingWork blocking, Clock clock) {
    return new UsageController(store, blocking, clock);
  }
}
