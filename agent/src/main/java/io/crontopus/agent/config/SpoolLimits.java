package io.crontopus.agent.config;

/**
 * How much may wait on disk while the platform is away.
 *
 * @param maxBytes beyond it the oldest runs lose their output
 * @param maxRecords beyond it the oldest records go
 */
public record SpoolLimits(long maxBytes, int maxRecords) {

  public static final SpoolLimits DEFAULT = new SpoolLimits(256L << 20, 100_000);
}
