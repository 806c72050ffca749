package io.crontopus.command;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.web.DatabaseSessions;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
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

  /** How many connections those have that follow the log. */
  private static final int FOLLOWERS = 10;

  private static final int AUDITORS = 3;

  /**
   * Connections of the write side, in a role that appends to the logs and may change nothing in
   * them. It sees nothing of a tenant's people and credentials until a transaction enters the
   * tenant.
   */
  @Bean(destroyMethod = "close")
  @Primary
  DataSource dataSource(DatabaseSettings settings) {
    DataSource owner =
        new DriverManagerDataSource(settings.url(), settings.username(), settings.password());
    SCHEMAS.forEach(schema -> SchemaMigration.migrate(owner, schema));
    return pool(settings, "crontopus", "crontopus_intake", "", settings.poolSize());
  }

  /** Connections of the projections, in the role that owns the read model, which they write to. */
  @Bean(destroyMethod = "close")
  DataSource projectionDataSource(DatabaseSettings settings, DataSource afterRoles) {
    return pool(
        settings,
        "crontopus-projections",
        "crontopus_projection",
        " -c search_path=read_model",
        FOLLOWERS);
  }

  /** Connections of the audit log, in a role that adds to it. */
  @Bean(destroyMethod = "close")
  DataSource auditDataSource(DatabaseSettings settings, DataSource afterRoles) {
    return pool(settings, "crontopus-audit", "crontopus_audit", "", AUDITORS);
  }

  private static DataSource pool(
      DatabaseSettings settings, String name, String role, String options, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(size);
    // From the first message on: no statement runs in another role, and none is spent on it.
    config.addDataSourceProperty("options", "-c role=" + role + options + limits(settings));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // A plan that was kept from when the tables were empty would read them from end to end later.
    config.setConnectionInitSql("SET plan_cache_mode = force_custom_plan");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", name);
    return new HikariDataSource(config);
  }

  private static String limits(DatabaseSettings settings) {
    return DatabaseSessions.parameters(settings.longestPause()).entrySet().stream()
        .map(parameter -> " -c " + parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining());
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
    return EventStreams.byTenant(dataSource, transactions);
  }
}
