package io.crontopus.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the database, prefix {@code crontopus.database}.
 *
 * @param url JDBC URL of PostgreSQL 15 or later
 * @param poolSize how many connections this process opens at most
 * @param longestPause how long a transaction may wait for this process before PostgreSQL ends it,
 *     with all that it holds up
 */
@ConfigurationProperties("crontopus.database")
public record DatabaseSettings(
    String url,
    String username,
    @DefaultValue("") String password,
    @DefaultValue("32") int poolSize,
    @DefaultValue("60s") Duration longestPause) {}
