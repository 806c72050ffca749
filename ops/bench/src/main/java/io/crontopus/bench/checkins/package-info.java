/** Check-ins: how many, how soon, and what happens beyond that. */
@NullMarked
package io.crontopus.bench.checkins;

import org.jspecify.annotations.NullMarked;
