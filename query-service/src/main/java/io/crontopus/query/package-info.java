/** The read side: answers from the read model, for one tenant at a time. */
@NullMarked
package io.crontopus.query;

import org.jspecify.annotations.NullMarked;
