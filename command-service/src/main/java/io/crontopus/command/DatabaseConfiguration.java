package io.crontopus.command;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database, its schemas at the version of this build, and the event streams on it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseConfiguration {

  /**
   * The order matters: later ones refer to nothing of earlier ones, but are migrated one at a time.
   */
  private static final List<String> SCHEMAS = List.of("event_store", "identity");

  @Bean(destroyMethod = "close")
  DataSource dataSource(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("crontopus");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    // A plan that was kept from when the tables were empty would read them from end to end later.
    config.setConnectionInitSql("SET plan_cache_mode = force_custom_plan");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "crontopus");
    HikariDataSource dataSource = new HikariDataSource(config);
    SCHEMAS.forEach(schema -> SchemaMigration.migrate(dataSource, schema));
    return dataSource;
  }

  @Bean
  @Primary
  PlatformTransactionManager jdbcTransactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  TransactionTemplate jdbcTransaction(PlatformTransactionManager jdbcTransactionManager) {
    return new TransactionTemplate(jdbcTransactionManager);
  }

  @Bean(destroyMethod = "close")
  EventStreams eventStreams(DataSource dataSource, PlatformTransactionManager transactions) {
    return new EventStreams(dataSource, transactions);
  }
}
