/** Rebuilding a projection while it serves. */
@NullMarked
package io.crontopus.bench.replay;

import org.jspecify.annotations.NullMarked;
