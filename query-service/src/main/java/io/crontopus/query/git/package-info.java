/** The commits that were seen. */
@NullMarked
package io.crontopus.query.git;

import org.jspecify.annotations.NullMarked;
