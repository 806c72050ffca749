/** Projections: how fast they catch up, and how far behind they are. */
@NullMarked
package io.crontopus.bench.projections;

import org.jspecify.annotations.NullMarked;
