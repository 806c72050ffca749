/** How endpoints are. */
@NullMarked
package io.crontopus.command.endpoint.watch;

import org.jspecify.annotations.NullMarked;
