package io.crontopus.endpoint.events;

import io.crontopus.event.TenantEvent;

/** Something that happened to all endpoints of a tenant at once. */
public sealed interface FleetEvent extends TenantEvent permits FleetWentQuiet, FleetCameBack {}
