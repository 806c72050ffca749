/** What changes, told to those who watch. */
@NullMarked
package io.crontopus.query.live;

import org.jspecify.annotations.NullMarked;
