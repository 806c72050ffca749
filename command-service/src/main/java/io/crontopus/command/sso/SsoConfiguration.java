package io.crontopus.command.sso;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.login.FailedLogins;
import io.crontopus.command.login.HashingWork;
import io.crontopus.command.login.Sessions;
import io.crontopus.command.sso.provider.Providers;
import io.crontopus.command.tenant.Registration;
import io.crontopus.command.user.InvitedPeople;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires sign-in by providers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SsoSettings.class)
public class SsoConfiguration {

  /** People who wait for a provider that is slow must not keep anybody else waiting. */
  private static final int AT_ONCE = 16;

  private static final int WAITING = 64;

  /** Where providers are waited for. */
  static final class ProviderWork implements AutoCloseable {

    private final BlockingWork work = new BlockingWork(AT_ONCE, WAITING);

    @Override
    public void close() {
      work.close();
    }
  }

  @Bean(destroyMethod = "close")
  ProviderWork providerWork() {
    return new ProviderWork();
  }

  @Bean(destroyMethod = "close")
  Providers ssoProviders(SsoSettings settings) {
    return new Providers(settings.providers(), settings.timeout());
  }

  @Bean
  BrowserCookie browserCookie(PlatformSettings settings) {
    return new BrowserCookie(settings.publicUrl().startsWith("https:"), SignIns.PATIENCE);
  }

  @Bean
  AttemptStore ssoAttempts(DataSource dataSource) {
    return new AttemptStore(JdbcClient.create(dataSource));
  }

  @Bean(destroyMethod = "close")
  AttemptSweep attemptSweep(AttemptStore attempts, Clock clock) {
    return AttemptSweep.start(attempts, clock);
  }

  @Bean
  IdentityStore ssoIdentities(TenantDatabase database) {
    return new IdentityStore(database);
  }

  @Bean
  Linking linking(
      AttemptStore attempts,
      IdentityStore identities,
      SessionStore sessions,
      Facts facts,
      Clock clock) {
    return new Linking(attempts, identities, sessions, facts, clock);
  }

  @Bean
  SsoController ssoController(
      Providers providers,
      AttemptStore attempts,
      BrowserCookie cookie,
      ProviderWork work,
      PlatformSettings platform,
      SsoSettings settings,
      Clock clock) {
    return new SsoController(
        providers,
        new SignIns(attempts, platform.publicUrl(), clock),
        cookie,
        work.work,
        platform.publicUrl(),
        settings.only());
  }

  @Bean
  Admission admission(
      AttemptStore attempts,
      IdentityStore identities,
      UserStore users,
      InvitedPeople invitations,
      Sessions sessions,
      PlatformSettings platform,
      Clock clock) {
    return new Admission(
        attempts, identities, users, invitations, sessions, platform.registration(), clock);
  }

  @Bean
  SsoExchangeController ssoExchangeController(
      Admission admission,
      Linking linking,
      InvitedPeople invitations,
      Registration registration,
      Passwords passwords,
      FailedLogins failedLogins,
      AttemptStore attempts,
      BrowserCookie cookie,
      PlatformSettings platform,
      HashingWork hashing,
      BlockingWork blocking) {
    return new SsoExchangeController(
        admission,
        linking,
        invitations,
        registration,
        platform.registration(),
        attempts,
        passwords,
        failedLogins,
        cookie,
        hashing,
        blocking);
  }

  @Bean
  IdentityController identityController(
      UserStore users, IdentityStore identities, Linking linking, BlockingWork blocking) {
    return new IdentityController(users, identities, linking, blocking);
  }

  /** Behind the limits, which count every attempt. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 5)
  @ConditionalOnProperty("crontopus.sso.only")
  PasswordsClosed passwordsClosed(SsoSettings settings) {
    return new PasswordsClosed(settings.breakGlass());
  }
}
