/** Answers as of a moment, in a long past. */
@NullMarked
package io.crontopus.bench.asof;

import org.jspecify.annotations.NullMarked;
