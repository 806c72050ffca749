/** What was: the versions of rows, and which time stands for which position in the log. */
@NullMarked
package io.crontopus.projection.history;

import org.jspecify.annotations.NullMarked;
