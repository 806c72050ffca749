package io.crontopus.command.tenant;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.RefreshTokenStore;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires registration, login and API tokens. */
@Configuration(proxyBeanMethods = false)
public class TenantConfiguration {

  @Bean
  TenantRepositories tenantRepositories(GitRepositories repositories) {
    return repositories::create;
  }

  @Bean
  TokenGitAccess tokenGitAccess(Authenticator authenticator, BlockingWork blocking) {
    return new TokenGitAccess(authenticator, blocking);
  }

  @Bean
  AuthController authController(
      UserStore users,
      Facts facts,
      TenantRepositories repositories,
      AccessTokens accessTokens,
      DataSource dataSource,
      BlockingWork blocking,
      Clock clock,
      PlatformSettings settings) {
    Passwords passwords = new Passwords();
    return new AuthController(
        new Registration(users, passwords, facts, repositories, clock),
        settings.registration(),
        users,
        passwords,
        accessTokens,
        new RefreshTokenStore(JdbcClient.create(dataSource)),
        blocking,
        clock);
  }

  @Bean
  ApiTokenController apiTokenController(
      ApiTokenStore tokens, Facts facts, BlockingWork blocking, Clock clock) {
    return new ApiTokenController(tokens, facts, blocking, clock);
  }
}
