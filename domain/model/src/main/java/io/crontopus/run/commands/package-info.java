/** What can be asked of a run. */
@NullMarked
package io.crontopus.run.commands;

import org.jspecify.annotations.NullMarked;
