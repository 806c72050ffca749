/** Lists: how soon, whatever is asked for. */
@NullMarked
package io.crontopus.bench.queries;

import org.jspecify.annotations.NullMarked;
