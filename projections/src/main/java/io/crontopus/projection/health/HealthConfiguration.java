package io.crontopus.projection.health;

import io.crontopus.identity.TenantDatabase;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.health.HealthPart;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the platform's health. */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {

  @Bean(destroyMethod = "close")
  Nodes nodes(TenantDatabase database, ProjectionAdmin afterMigration, Clock clock) {
    return Nodes.start(database, clock);
  }

  @Bean
  HealthController healthController(
      DataSource dataSource,
      TenantDatabase database,
      ProjectionAdmin projections,
      Nodes nodes,
      @Value("${crontopus.git.root:data/git}") Path folder,
      ObjectProvider<HealthPart> parts,
      BlockingWork blocking,
      Clock clock) {
    return new HealthController(
        new SystemHealth(
            dataSource,
            database,
            projections,
            nodes,
            folder,
            List.copyOf(parts.orderedStream().toList()),
            clock),
        blocking);
  }
}
