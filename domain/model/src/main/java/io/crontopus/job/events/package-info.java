/** What can happen to a job. */
@NullMarked
package io.crontopus.job.events;

import org.jspecify.annotations.NullMarked;
