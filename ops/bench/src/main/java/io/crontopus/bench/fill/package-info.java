/** Much data in little time: rows and events made in the database from real ones. */
@NullMarked
package io.crontopus.bench.fill;

import org.jspecify.annotations.NullMarked;
