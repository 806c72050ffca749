package io.crontopus.command.run;

import io.crontopus.command.ping.PingKeyStore;
import io.crontopus.command.run.intake.IntakeSettings;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.QuickJson;
import io.crontopus.web.limit.BadCredentials;
import io.crontopus.web.limit.Limit;
import io.crontopus.web.limit.Rates;
import io.crontopus.web.usage.UsageCounters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Wires the check-ins. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
public class CheckInConfiguration {

  @Bean(destroyMethod = "close")
  RunIntake runIntake(
      DataSource dataSource,
      EventStreams streams,
      TransactionTemplate jdbcTransaction,
      IntakeSettings settings,
      MeterRegistry metrics,
      Clock clock) {
    return RunIntake.start(dataSource, streams, jdbcTransaction, settings, metrics, clock);
  }

  @Bean
  CheckInController checkInController(RunIntake intake, UsageCounters usage, Clock clock) {
    return new CheckInController(intake, new CheckInReader(clock), usage);
  }

  @Bean
  PingController pingController(
      PingKeyStore keys,
      RunIntake intake,
      @Value("${crontopus.limits.ping:1/s burst 60}") String limit,
      BadCredentials bad,
      SuspendedTenants suspended,
      UsageCounters usage,
      BlockingWork blocking,
      Clock clock) {
    return new PingController(
        keys,
        intake,
        new CheckInReader(clock),
        new Limit("ping", Rates.valueOf(limit)),
        bad,
        suspended,
        usage,
        blocking,
        clock);
  }

  /** Behind the filters that concern every answer. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  CheckInRoute checkInRoute(RunIntake intake, UsageCounters usage, Clock clock, JsonMapper json) {
    return new CheckInRoute(intake, new CheckInReader(clock), CheckInJson.single(json), usage);
  }

  @Bean
  QuickJson<?> checkInJson(JsonMapper json) {
    return CheckInJson.single(json);
  }

  @Bean
  QuickJson<?> checkInBatchJson(JsonMapper json) {
    return CheckInJson.batch(json);
  }

  @Bean(destroyMethod = "close")
  RunTimeouts runTimeouts(DataSource dataSource, RunIntake intake) {
    return RunTimeouts.start(new OverdueRuns(JdbcClient.create(dataSource)), intake);
  }
}
