package io.crontopus.command.user;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.login.HashingWork;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires users and invitations. */
@Configuration(proxyBeanMethods = false)
public class UserConfiguration {

  @Bean
  InvitationStore invitationStore(DataSource dataSource) {
    return new InvitationStore(JdbcClient.create(dataSource));
  }

  @Bean
  FirstOwner firstOwner(InvitationStore store, UserStore users) {
    return new FirstOwner(store, users);
  }

  @Bean
  MeController meController(UserStore users, BlockingWork blocking) {
    return new MeController(users, blocking);
  }

  @Bean
  UserController userController(
      UserStore users,
      ApiTokenStore tokens,
      SessionStore sessions,
      InvitationStore invitations,
      Facts facts,
      BlockingWork blocking,
      Clock clock) {
    Members members = new Members(users, tokens, sessions, invitations, facts, clock);
    return new UserController(users, members, blocking);
  }

  @Bean
  InvitationController invitationController(
      InvitationStore store,
      UserStore users,
      Passwords passwords,
      Facts facts,
      HashingWork hashing,
      BlockingWork blocking,
      SuspendedTenants suspended,
      Clock clock) {
    return new InvitationController(
        new Invitations(store, users, passwords, facts, suspended, clock), hashing, blocking);
  }
}
