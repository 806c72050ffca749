/** What can be asked of a job. */
@NullMarked
package io.crontopus.job.commands;

import org.jspecify.annotations.NullMarked;
