package io.crontopus.command;

import io.crontopus.command.account.AccountConfiguration;
import io.crontopus.command.admin.TenantAdminConfiguration;
import io.crontopus.command.automation.WhenACommitIsObservedThenNudgeAgents;
import io.crontopus.command.automation.WhenACredentialEndsThenEndItsStreams;
import io.crontopus.command.automation.WhenARotationIsWantedThenTellTheAgent;
import io.crontopus.command.automation.WhenMainMovesThenRecordJobs;
import io.crontopus.command.bus.Commands;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.endpoint.CommandChannels;
import io.crontopus.command.endpoint.EndpointConfiguration;
import io.crontopus.command.enrollment.EnrollmentTokenConfiguration;
import io.crontopus.command.git.GitConfiguration;
import io.crontopus.command.job.JdbcJobIndex;
import io.crontopus.command.login.LoginConfiguration;
import io.crontopus.command.login.device.DeviceLoginConfiguration;
import io.crontopus.command.mail.MailConfiguration;
import io.crontopus.command.ping.PingConfiguration;
import io.crontopus.command.repeat.RepeatConfiguration;
import io.crontopus.command.run.CheckInConfiguration;
import io.crontopus.command.sso.SsoConfiguration;
import io.crontopus.command.tenant.TenantConfiguration;
import io.crontopus.command.user.UserConfiguration;
import io.crontopus.endpoint.Endpoint;
import io.crontopus.endpoint.EndpointHandler;
import io.crontopus.endpoint.Fleet;
import io.crontopus.endpoint.FleetHandler;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.git.Commit;
import io.crontopus.git.CommitHandler;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.job.Job;
import io.crontopus.job.JobHandler;
import io.crontopus.personal.PersonalKeys;
import io.crontopus.web.AuditTrail;
import io.crontopus.web.WebConfiguration;
import io.crontopus.web.stream.OpenStreams;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the write side, every part by hand: what is not here does not run. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlatformSettings.class)
@Import({
  DatabaseConfiguration.class,
  WebConfiguration.class,
  AccountConfiguration.class,
  CheckInConfiguration.class,
  EndpointConfiguration.class,
  EnrollmentTokenConfiguration.class,
  GitConfiguration.class,
  LoginConfiguration.class,
  DeviceLoginConfiguration.class,
  MailConfiguration.class,
  TenantAdminConfiguration.class,
  PingConfiguration.class,
  RepeatConfiguration.class,
  SsoConfiguration.class,
  TenantConfiguration.class,
  UserConfiguration.class
})
public class CommandServiceConfiguration {

  private static final int COMMANDS_AT_ONCE = 16;
  private static final int COMMANDS_WAITING = 4_096;

  @Bean(destroyMethod = "close")
  Commands commands(
      EventStreams streams,
      DataSource dataSource,
      TenantDatabase database,
      EndpointTokenStore endpointTokens) {
    JdbcJobIndex jobs = new JdbcJobIndex(JdbcClient.create(dataSource));
    Commands commands =
        new Commands(streams.transactions(), database, COMMANDS_AT_ONCE, COMMANDS_WAITING);
    commands.register(
        new EndpointHandler(
            repository(Endpoint.class, streams),
            endpoint ->
                endpointTokens.revoke(
                    new EndpointTokenStore.Owner(endpoint.tenantId(), endpoint.value()))));
    commands.register(new FleetHandler(repository(Fleet.class, streams)));
    commands.register(new JobHandler(repository(Job.class, streams), jobs));
    commands.register(new CommitHandler(repository(Commit.class, streams)));
    return commands;
  }

  @Bean
  Facts facts(EventStreams streams, TenantDatabase database) {
    return new Facts(streams, database);
  }

  @Bean
  AuditTrail auditTrail(Facts facts) {
    return (origin, event) -> {
      boolean _ = facts.record(origin, () -> true, event);
    };
  }

  @Bean
  WhenMainMovesThenRecordJobs whenMainMovesThenRecordJobs(Commands commands, PersonalKeys keys) {
    return new WhenMainMovesThenRecordJobs(commands, keys);
  }

  @Bean(destroyMethod = "close")
  WhenACommitIsObservedThenNudgeAgents whenACommitIsObservedThenNudgeAgents(
      EventStreams streams, CommandChannels channels) {
    return WhenACommitIsObservedThenNudgeAgents.start(streams, channels);
  }

  @Bean(destroyMethod = "close")
  WhenARotationIsWantedThenTellTheAgent whenARotationIsWantedThenTellTheAgent(
      EventStreams events, CommandChannels channels) {
    return WhenARotationIsWantedThenTellTheAgent.start(events.domainLog(), channels);
  }

  @Bean(destroyMethod = "close")
  WhenACredentialEndsThenEndItsStreams whenACredentialEndsThenEndItsStreams(
      EventStreams events, OpenStreams streams) {
    return WhenACredentialEndsThenEndItsStreams.start(events.domainLog(), streams);
  }

  private static <T> Repository<T> repository(Class<T> aggregate, EventStreams streams) {
    return EventSourcingRepository.builder(aggregate).eventStore(streams.domain()).build();
  }
}
