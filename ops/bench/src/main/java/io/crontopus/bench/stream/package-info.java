/** Live updates: from the commit to every client that watches. */
@NullMarked
package io.crontopus.bench.stream;

import org.jspecify.annotations.NullMarked;
