/** Git: which commits were seen, and what they changed. */
@NullMarked
package io.crontopus.git;

import org.jspecify.annotations.NullMarked;
