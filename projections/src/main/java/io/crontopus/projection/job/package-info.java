/** Jobs, as Git defines them. */
@NullMarked
package io.crontopus.projection.job;

import org.jspecify.annotations.NullMarked;
