/** Scheduling through the machine's own cron. */
@NullMarked
package io.crontopus.agent.cron;

import org.jspecify.annotations.NullMarked;
