package io.crontopus.command.login;

import io.crontopus.command.bus.Facts;
import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.SigningKeys;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires logins. */
@Configuration(proxyBeanMethods = false)
public class LoginConfiguration {

  @Bean
  Passwords passwords() {
    return new Passwords();
  }

  @Bean(destroyMethod = "close")
  HashingWork hashingWork() {
    return new HashingWork();
  }

  @Bean(destroyMethod = "close")
  FailedLogins failedLogins(
      TenantDatabase database, Facts facts, BlockingWork blocking, Clock clock) {
    return FailedLogins.start(new FailedLoginStore(database), facts, blocking, clock);
  }

  @Bean
  KeyRotation keyRotation(SigningKeys keys, Facts facts, Clock clock) {
    return new KeyRotation(keys, facts, clock);
  }

  @Bean
  Sessions sessions(
      SessionStore store,
      UserStore users,
      AccessTokens accessTokens,
      KeyRotation keys,
      Facts facts,
      SuspendedTenants suspended,
      Clock clock) {
    return new Sessions(store, users, accessTokens, keys, facts, suspended, clock);
  }

  @Bean
  LoginController loginController(
      UserStore users,
      Passwords passwords,
      Sessions sessions,
      FailedLogins failedLogins,
      HashingWork hashing,
      BlockingWork blocking) {
    return new LoginController(users, passwords, sessions, failedLogins, hashing, blocking);
  }

  @Bean
  SessionController sessionController(Sessions sessions, BlockingWork blocking) {
    return new SessionController(sessions, blocking);
  }

  @Bean
  PasswordController passwordController(
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      FailedLogins failedLogins,
      HashingWork hashing,
      Facts facts,
      Clock clock) {
    return new PasswordController(users, sessions, passwords, failedLogins, hashing, facts, clock);
  }

  @Bean
  SigningKeyController signingKeyController(
      SigningKeys keys, KeyRotation rotation, BlockingWork blocking) {
    return new SigningKeyController(keys, rotation, blocking);
  }
}
