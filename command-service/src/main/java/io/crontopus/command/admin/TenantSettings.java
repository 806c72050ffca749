package io.crontopus.command.admin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what operators do with tenants, prefix {@code crontopus.tenants}.
 *
 * @param grace how long a tenant that was deleted can be resumed before its data is removed
 * @param purgeLook how often each node looks whether there is something to remove
 * @param purgeBatch how many rows or events are removed in one transaction
 * @param purgePause how long it rests between two of them
 */
@ConfigurationProperties("crontopus.tenants")
public record TenantSettings(
    @DefaultValue("7d") Duration grace,
    @DefaultValue("5s") Duration purgeLook,
    @DefaultValue("2000") int purgeBatch,
    @DefaultValue("20ms") Duration purgePause) {

  public TenantSettings {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("crontopus.tenants.grace is negative");
    }
    if (purgeBatch < 1) {
      throw new IllegalArgumentException("crontopus.tenants.purge-batch is less than 1");
    }
  }
}
