package io.crontopus.projection.usage;

/**
 * What a tenant used on a day (UTC).
 *
 * @param apiCalls requests with a credential of it; a stream that stays open is one
 * @param checkIns check-ins that were taken, also those that were known already
 * @param runs runs that began, as its lists show them
 * @param heartbeats signs of life that were stored
 * @param storageBytes events and repository, when that was last measured on this day
 * @param endpoints endpoints that are not revoked, as of then
 * @param users people and services, as of then
 */
record TenantDay(
    String tenantId,
    String day,
    long apiCalls,
    long checkIns,
    long runs,
    long heartbeats,
    long storageBytes,
    long logBytes,
    long gitBytes,
    long endpoints,
    long users) {}
