/** How commands get to their handlers: off the event loop, bounded, retried after conflicts. */
@NullMarked
package io.crontopus.command.bus;

import org.jspecify.annotations.NullMarked;
