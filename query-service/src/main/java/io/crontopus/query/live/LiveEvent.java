package io.crontopus.query.live;

/**
 * What a resource is now.
 *
 * @param id the change that it is at least as new as
 * @param data JSON
 */
record LiveEvent(long id, Resource resource, String data) {}
