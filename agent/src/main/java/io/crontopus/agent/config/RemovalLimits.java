package io.crontopus.agent.config;

/**
 * How much one sync may remove without a person's approval.
 *
 * @param maxPercent share of the scheduled jobs, 0 to 100
 * @param alwaysAllowed this many may always go, whatever share they are
 * @param allowEmpty whether the last job may go with them without a proof that it was removed in
 *     Git
 */
public record RemovalLimits(int maxPercent, int alwaysAllowed, boolean allowEmpty) {

  public static final RemovalLimits DEFAULT = new RemovalLimits(50, 5, false);
}
