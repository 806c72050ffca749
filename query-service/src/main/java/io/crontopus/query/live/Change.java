package io.crontopus.query.live;

/**
 * An entry of the feed of changes.
 *
 * @param id grows, but entries may become visible out of order
 */
record Change(long id, String tenantId, Resource resource) {}
