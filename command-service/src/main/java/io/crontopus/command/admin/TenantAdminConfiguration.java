package io.crontopus.command.admin;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.tenant.TenantRepositories;
import io.crontopus.command.user.FirstOwner;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what operators do with tenants. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TenantSettings.class)
public class TenantAdminConfiguration {

  @Bean
  TenantController tenantController(
      DataSource dataSource,
      FirstOwner owners,
      TenantRepositories repositories,
      SuspendedTenants suspended,
      Facts facts,
      TenantSettings settings,
      BlockingWork blocking,
      Clock clock) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    TenantStore store = new TenantStore(jdbc);
    Tenants tenants =
        new Tenants(store, owners, repositories, suspended, facts, settings.grace(), clock);
    return new TenantController(tenants, store, new PurgeStore(jdbc), blocking);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  Purges tenantPurges(
      DataSource dataSource,
      TransactionTemplate transaction,
      GitRepositories repositories,
      Facts facts,
      TenantSettings settings,
      Clock clock) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    return new Purges(
        new PurgeStore(jdbc),
        new TenantStore(jdbc),
        new TenantData(jdbc, transaction),
        repositories,
        facts,
        settings,
        clock);
  }
}
