/** The index of current job definitions. */
@NullMarked
package io.crontopus.command.job;

import org.jspecify.annotations.NullMarked;
