package io.crontopus.command;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the platform, prefix {@code crontopus}.
 *
 * @param publicUrl where agents and people reach it, without a slash at the end
 * @param registration whether strangers may make tenants of their own
 */
@ConfigurationProperties("crontopus")
public record PlatformSettings(String publicUrl, @DefaultValue("true") boolean registration) {}
