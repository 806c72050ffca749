/** Runs: what a job did, from its first sign of life to its result. */
@NullMarked
package io.crontopus.run;

import org.jspecify.annotations.NullMarked;
