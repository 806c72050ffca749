package io.crontopus.command.user;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.login.HashingWork;
import io.crontopus.command.mail.Outbox;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.command.mail.smtp.MailSettings;
import io.crontopus.command.repeat.RepeatedRequests;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Passwords;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.personal.PersonalKeys;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires users and invitations. */
@Configuration(proxyBeanMethods = false)
public class UserConfiguration {

  @Bean
  InvitationStore invitationStore(TenantDatabase database) {
    return new InvitationStore(database);
  }

  @Bean
  PersonalKeys personalKeys(TenantDatabase database) {
    return new PersonalKeys(database);
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
      Forgetting forgetting,
      Facts facts,
      RepeatedRequests requests,
      BlockingWork blocking,
      Clock clock) {
    Members members = new Members(users, tokens, sessions, invitations, forgetting, facts, clock);
    return new UserController(users, members, requests, blocking);
  }

  @Bean
  Forgetting forgetting(
      UserStore users,
      InvitationStore invitations,
      PersonalKeys keys,
      Outbox outbox,
      Facts facts,
      Clock clock) {
    return new Forgetting(users, invitations, keys, outbox, facts, clock);
  }

  @Bean
  PeopleController peopleController(Forgetting forgetting, BlockingWork blocking) {
    return new PeopleController(forgetting, blocking);
  }

  @Bean
  Invitations invitations(
      InvitationStore store,
      UserStore users,
      Outbox outbox,
      Letters letters,
      MailSettings mail,
      Facts facts,
      Clock clock) {
    return new Invitations(
        store,
        users,
        new InvitationLetters(store, outbox, letters, mail.invitationsPerDay()),
        facts,
        clock);
  }

  @Bean
  Joining joining(
      InvitationStore store,
      UserStore users,
      Passwords passwords,
      Newcomers newcomers,
      Facts facts,
      SuspendedTenants suspended,
      Clock clock) {
    return new Joining(store, users, passwords, newcomers, facts, suspended, clock);
  }

  @Bean
  InvitedPeople invitedPeople(Joining joining) {
    return new InvitedPeople(joining);
  }

  @Bean
  InvitationController invitationController(
      Invitations invitations,
      Joining joining,
      RepeatedRequests requests,
      HashingWork hashing,
      BlockingWork blocking) {
    return new InvitationController(invitations, joining, requests, hashing, blocking);
  }
}
