/** Runs, counted: by job and by endpoint, over a span of time. */
@NullMarked
package io.crontopus.query.statistics;

import org.jspecify.annotations.NullMarked;
