package io.crontopus.command.tenant;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.login.HashingWork;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.command.user.Newcomers;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.limit.BadCredentials;
import io.crontopus.web.stream.OpenStreams;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires registration and API tokens. */
@Configuration(proxyBeanMethods = false)
public class TenantConfiguration {

  @Bean
  TenantRepositories tenantRepositories(GitRepositories repositories) {
    return repositories::create;
  }

  @Bean
  TokenGitAccess tokenGitAccess(
      Authenticator authenticator,
      SuspendedTenants suspended,
      OpenStreams open,
      BlockingWork blocking,
      BadCredentials bad) {
    return new TokenGitAccess(authenticator, suspended, open, blocking, bad);
  }

  @Bean
  Registration registration(
      UserStore users,
      Passwords passwords,
      Facts facts,
      TenantRepositories repositories,
      Newcomers newcomers,
      Clock clock) {
    return new Registration(users, passwords, facts, repositories, newcomers, clock);
  }

  @Bean
  RegistrationController registrationController(
      Registration registration, HashingWork hashing, PlatformSettings settings) {
    return new RegistrationController(registration, settings.registration(), hashing);
  }

  @Bean
  ApiTokenController apiTokenController(
      ApiTokenStore tokens,
      UserStore users,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock) {
    return new ApiTokenController(tokens, users, facts, requests, blocking, clock);
  }
}
