package io.crontopus.command.admin;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.tenant.TenantRepositories;
import io.crontopus.command.user.FirstOwner;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what operators do with tenants. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TenantSettings.class)
public class TenantAdminConfiguration {

  @Bean
  TenantController tenantController(
      TenantDatabase database,
      FirstOwner owners,
      TenantRepositories repositories,
      SuspendedTenants suspended,
      Facts facts,
      TenantSettings settings,
      BlockingWork blocking,
      Clock clock) {
    TenantStore store = new TenantStore(database);
    Tenants tenants =
        new Tenants(store, owners, repositories, suspended, facts, settings.grace(), clock);
    return new TenantController(tenants, store, new PurgeStore(database), blocking);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  Purges tenantPurges(
      TenantDatabase database,
      GitRepositories repositories,
      Facts facts,
      TenantSettings settings,
      Clock clock) {
    return new Purges(
        new PurgeStore(database),
        new TenantStore(database),
        new TenantData(database),
        repositories,
        facts,
        settings,
        clock);
  }
}
