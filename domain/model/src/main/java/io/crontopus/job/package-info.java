/** Jobs: what Git says should run. */
@NullMarked
package io.crontopus.job;

import org.jspecify.annotations.NullMarked;
