/** What can happen to a run. */
@NullMarked
package io.crontopus.run.events;

import org.jspecify.annotations.NullMarked;
