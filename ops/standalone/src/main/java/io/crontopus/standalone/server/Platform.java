package io.crontopus.standalone.server;

import io.crontopus.command.CommandServiceConfiguration;
import io.crontopus.projection.ProjectionsConfiguration;
import io.crontopus.query.QueryServiceConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The services in one application. Each wires its own data sources, migrations and event stores;
 * Spring Boot's own wiring of those would only guess, so it is off.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
      "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
      "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration"
    })
@Import({
  CommandServiceConfiguration.class,
  ProjectionsConfiguration.class,
  QueryServiceConfiguration.class,
  DevicePage.class
})
class Platform {}
