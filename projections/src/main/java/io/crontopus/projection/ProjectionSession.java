package io.crontopus.projection;

import io.crontopus.projection.live.ChangeFeed;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a projection works with during one batch.
 *
 * @param jdbc statements of the batch's transaction; tables without a schema are those to be filled
 * @param sql the same, for batches and arrays
 * @param changes tells those who watch; silent in a rebuild
 */
public record ProjectionSession(JdbcClient jdbc, JdbcOperations sql, ChangeFeed changes) {}
