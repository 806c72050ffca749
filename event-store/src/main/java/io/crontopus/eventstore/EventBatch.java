package io.crontopus.eventstore;

import java.util.List;

/**
 * A stretch of the log.
 *
 * @param events those asked for, in order
 * @param upTo the position up to which the log was looked through: there are no others until there
 * @param more whether there may be more behind it, so that nothing is to be waited for
 */
public record EventBatch(List<StoredEvent> events, long upTo, boolean more) {}
