/** Answers as of a moment in the past. */
@NullMarked
package io.crontopus.query.past;

import org.jspecify.annotations.NullMarked;
