package io.crontopus.command.mail;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.command.mail.smtp.MailSettings;
import io.crontopus.command.mail.smtp.Smtp;
import io.crontopus.web.BlockingWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires e-mail, whether any is sent or not. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
public class MailConfiguration {

  @Bean
  Letters letters(PlatformSettings platform) {
    return new Letters(platform.publicUrl());
  }

  @Bean
  OutboxStore outboxStore(DataSource dataSource) {
    return new OutboxStore(JdbcClient.create(dataSource));
  }

  @Bean
  MailState mailState(MailSettings settings, MeterRegistry metrics) {
    return new MailState(settings.isOn(), metrics);
  }

  @Bean(destroyMethod = "close")
  Delivery mailDelivery(
      OutboxStore store,
      MailSettings settings,
      TransactionTemplate jdbcTransaction,
      MailState state,
      Clock clock) {
    return Delivery.start(store, smtp(settings), settings, jdbcTransaction, state, clock);
  }

  @Bean
  Outbox outbox(OutboxStore store, MailSettings settings, Delivery delivery, Clock clock) {
    return new Outbox(store, settings, delivery::wake, clock);
  }

  @Bean
  MailController mailController(
      MailSettings settings, Letters letters, Facts facts, Clock clock, BlockingWork blocking) {
    return new MailController(smtp(settings), letters, facts, clock, blocking);
  }

  private static @Nullable Smtp smtp(MailSettings settings) {
    return settings.isOn() ? new Smtp(settings) : null;
  }
}
