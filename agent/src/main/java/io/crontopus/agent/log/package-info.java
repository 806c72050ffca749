/** One line a message, to standard error. */
@NullMarked
package io.crontopus.agent.log;

import org.jspecify.annotations.NullMarked;
