package io.crontopus.run.commands;

import io.crontopus.run.RunId;
import java.time.Instant;

/**
 * A run's deadline has passed without a result.
 *
 * @param at the present time; nothing happens while the deadline is later than this
 */
public record TimeOutRun(RunId run, Instant at) {}
