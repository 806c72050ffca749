package io.crontopus.projection.audit;

import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit log. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  @Bean
  AuditSettings auditSettings(
      @Value("${crontopus.audit.key-file:}") String keyFile,
      @Value("${crontopus.audit.accept-new-key:false}") boolean acceptNewKey,
      @Value("${crontopus.audit.checkpoint-every:5s}") Duration checkpointEvery,
      @Value("${crontopus.audit.check-every:24h}") Duration checkEvery,
      @Value("${crontopus.audit.batch:8000}") int batch) {
    return new AuditSettings(keyFile, acceptNewKey, checkpointEvery, checkEvery, batch);
  }

  /** What was found; made after the schema is there. */
  @Bean
  Findings auditFindings(
      @Qualifier("auditDataSource") DataSource dataSource, EventStreams afterTheEventStore) {
    SchemaMigration.migrate(dataSource, "audit");
    return new Findings();
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  AuditLog auditLog(
      @Qualifier("auditDataSource") DataSource dataSource,
      EventStreams streams,
      AuditSettings settings,
      Findings auditFindings,
      MeterRegistry metrics) {
    return new AuditLog(dataSource, streams.domainLog(), settings, auditFindings, metrics);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  AuditCheck auditCheck(
      @Qualifier("auditDataSource") DataSource dataSource,
      Findings auditFindings,
      AuditSettings settings,
      MeterRegistry metrics) {
    return new AuditCheck(dataSource, auditFindings, settings, metrics);
  }
}
