/** Jobs as Git defines them, with how they are. */
@NullMarked
package io.crontopus.query.job;

import org.jspecify.annotations.NullMarked;
