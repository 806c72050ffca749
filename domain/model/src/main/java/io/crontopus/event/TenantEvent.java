package io.crontopus.event;

/** An event that belongs to one tenant. Every stored event does. */
public interface TenantEvent {

  /** The tenant's id. */
  String tenantId();
}
