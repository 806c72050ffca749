/** Runs, as the API lists them. */
@NullMarked
package io.crontopus.projection.run;

import org.jspecify.annotations.NullMarked;
