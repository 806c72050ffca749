/** A platform of the bench's own, in a process of its own, on throw-away data. */
@NullMarked
package io.crontopus.bench.platform;

import org.jspecify.annotations.NullMarked;
