/** What can be asked about jobs. */
@NullMarked
package io.crontopus.job.queries;

import org.jspecify.annotations.NullMarked;
