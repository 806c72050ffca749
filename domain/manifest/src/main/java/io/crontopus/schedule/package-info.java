/** When a job is due: cron expressions with a zone, and the instants at which they fire. */
@NullMarked
package io.crontopus.schedule;

import org.jspecify.annotations.NullMarked;
