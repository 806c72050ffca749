/** How projections follow the log: batches, progress, parked events, rebuilds. */
@NullMarked
package io.crontopus.projection.processing;

import org.jspecify.annotations.NullMarked;
