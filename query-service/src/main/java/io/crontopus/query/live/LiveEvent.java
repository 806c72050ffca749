package io.crontopus.query.live;

/**
 * What a resource is now.
 *
 * @param id the change that it is at least as new as
 * @param cursor the change up to which a client that knows this one has missed none
 * @param data JSON
 */
record LiveEvent(long id, long cursor, Resource resource, String data) {}
