package io.crontopus.command.tenant;

/** Where each tenant has its repository. */
@FunctionalInterface
public interface TenantRepositories {

  /** Creates the tenant's repository, unless it is there. */
  void create(String tenantId);
}
