/** The audit log: how fast it takes events in, proves them, and is verified. */
@NullMarked
package io.crontopus.bench.audit;

import org.jspecify.annotations.NullMarked;
