/** What the machine could do at most, measured in the same run. */
@NullMarked
package io.crontopus.bench.limit;

import org.jspecify.annotations.NullMarked;
