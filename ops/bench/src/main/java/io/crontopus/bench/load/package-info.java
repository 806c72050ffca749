/** A lean HTTP client that makes load and measures it. */
@NullMarked
package io.crontopus.bench.load;

import org.jspecify.annotations.NullMarked;
