package io.crontopus.command.account;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.login.FailedLogins;
import io.crontopus.command.login.HashingWork;
import io.crontopus.command.mail.Outbox;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what people do about their accounts by e-mail. */
@Configuration(proxyBeanMethods = false)
public class AccountConfiguration {

  @Bean
  EmailTokenStore emailTokenStore(TenantDatabase database) {
    return new EmailTokenStore(database);
  }

  @Bean
  Addresses addresses(
      EmailTokenStore tokens,
      UserStore users,
      Outbox outbox,
      Letters letters,
      Facts facts,
      Clock clock) {
    return new Addresses(tokens, users, outbox, letters, facts, clock);
  }

  @Bean
  AddressController addressController(
      Addresses addresses,
      UserStore users,
      Passwords passwords,
      FailedLogins failedLogins,
      HashingWork hashing,
      BlockingWork blocking) {
    return new AddressController(addresses, users, passwords, failedLogins, hashing, blocking);
  }

  @Bean
  PasswordResetController passwordResetController(
      EmailTokenStore tokens,
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      Outbox outbox,
      Letters letters,
      Facts facts,
      Clock clock,
      HashingWork hashing,
      BlockingWork blocking) {
    return new PasswordResetController(
        new PasswordResets(tokens, users, sessions, passwords, outbox, letters, facts, clock),
        hashing,
        blocking);
  }
}
