package io.crontopus.event;

/** An event that belongs to one tenant. All do but the platform's own. */
public interface TenantEvent {

  /** The tenant's id. */
  String tenantId();
}
