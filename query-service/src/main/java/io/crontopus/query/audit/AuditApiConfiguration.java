package io.crontopus.query.audit;

import io.crontopus.query.database.TenantQueries;
import io.crontopus.web.AuditTrail;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.stream.OpenStreams;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit log's routes. */
@Configuration(proxyBeanMethods = false)
public class AuditApiConfiguration {

  @Bean
  AuditController auditController(
      TenantQueries queries,
      AuditTrail trail,
      BlockingWork blocking,
      OpenStreams open,
      Clock clock) {
    AuditEvents events = new AuditEvents(queries);
    AuditTree tree = new AuditTree(queries);
    AuditKeys keys = new AuditKeys(queries);
    return new AuditController(
        events,
        new AuditExport(events, tree, keys),
        tree,
        new AuditProofs(tree),
        keys,
        new AuditIntegrity(queries),
        trail,
        blocking,
        open,
        clock);
  }
}
