/** Runs: lists and single ones. */
@NullMarked
package io.crontopus.query.run;

import org.jspecify.annotations.NullMarked;
