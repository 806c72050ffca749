/** What a check-in costs when much is stored already. */
@NullMarked
package io.crontopus.bench.growth;

import org.jspecify.annotations.NullMarked;
