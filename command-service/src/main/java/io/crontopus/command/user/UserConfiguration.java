package io.crontopus.command.user;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.login.HashingWork;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.UserStore;
import io.crontopus.personal.PersonalKeys;
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
  PersonalKeys personalKeys(DataSource dataSource) {
    return new PersonalKeys(JdbcClient.create(dataSource));
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
      Forgetting forgetting,
      Facts facts,
      BlockingWork blocking,
      Clock clock) {
    Members members = new Members(users, tokens, sessions, invitations, forgetting, facts, clock);
    return new UserController(users, members, blocking);
  }

  @Bean
  Forgetting forgetting(
      UserStore users, InvitationStore invitations, PersonalKeys keys, Facts facts, Clock clock) {
    return new Forgetting(users, invitations, keys, facts, clock);
  }

  @Bean
  PeopleController peopleController(Forgetting forgetting, BlockingWork blocking) {
    return new PeopleController(forgetting, blocking);
  }

  @Bean
  InvitedPeople invitedPeople(
      InvitationStore store, UserStore users, Passwords passwords, Facts facts, Clock clock) {
    return new InvitedPeople(new Invitations(store, users, passwords, facts, clock));
  }

  @Bean
  InvitationController invitationController(
      InvitationStore store,
      UserStore users,
      Passwords passwords,
      Facts facts,
      HashingWork hashing,
      BlockingWork blocking,
      Clock clock) {
    return new InvitationController(
        new Invitations(store, users, passwords, facts, clock), hashing, blocking);
  }
}
