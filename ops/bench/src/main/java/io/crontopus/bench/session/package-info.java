/** One bench on its way: what it was told, what it says, what it leaves tidy. */
@NullMarked
package io.crontopus.bench.session;

import org.jspecify.annotations.NullMarked;
