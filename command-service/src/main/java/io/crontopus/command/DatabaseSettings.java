package io.crontopus.command;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the database, prefix {@code crontopus.database}.
 *
 * @param url JDBC URL of PostgreSQL 15 or later
 * @param poolSize how many connections this process opens at most
 */
@ConfigurationProperties("crontopus.database")
public record DatabaseSettings(
    String url,
    String username,
    @DefaultValue("") String password,
    @DefaultValue("32") int poolSize) {}
